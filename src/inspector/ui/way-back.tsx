import clsx from 'clsx'
import { Link } from '../../web/components/link.tsx'

interface Props {
  href: string
  /** What is there. */
  to: string
  className?: string
}

/** From one thing to the list in which it stands. */
export function WayBack({ href, to, className = 'mb-3' }: Props) {
  return (
    <nav aria-label="Way back" className={clsx('text-sm text-muted', className)}>
      <Link href={href} className="underline-offset-4 hover:text-ink hover:underline">
        {to}
      </Link>
    </nav>
  )
}
