import clsx from 'clsx'
import { Link } from '../../../web/components/link.tsx'
import { changeWords, type Measure } from '../../model/overview.ts'
import { Sparkline } from '../charts/sparkline.tsx'

interface Props {
  name: string
  measure: Measure
  href: string
  format(value: number): string
  unit: 'share' | 'difference' | 'time'
  /** Whether anything above zero needs somebody. */
  isTrouble?: boolean
}

/** One number that says whether something is wrong; the whole card leads to what it counts. */
export function OverviewCard({ name, measure, href, format, unit, isTrouble = false }: Props) {
  const isZero = measure.value === 0
  return (
    <li className="grid">
      <Link
        href={href}
        className="group grid content-between gap-2 rounded-md border border-line bg-raised px-4 pt-3 pb-3 hover:border-muted"
      >
        <span className="text-sm text-muted group-hover:text-ink">{name}</span>
        <span
          className={clsx(
            'text-3xl font-semibold tracking-tight tabular-nums',
            isZero ? 'text-muted' : isTrouble && 'text-danger',
          )}
        >
          {format(measure.value)}
          {measure.isMore && '+'}
        </span>
        <Sparkline values={measure.trend} {...(isTrouble && { bad: measure.trend })} />
        <span className="text-xs text-muted">{changeWords(measure, unit)}</span>
      </Link>
    </li>
  )
}
