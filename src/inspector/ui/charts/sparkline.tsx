import clsx from 'clsx'

const WIDTH = 100
const HEIGHT = 24

interface Props {
  values: readonly number[]
  /** Drawn over it, in the colour of what failed. */
  bad?: readonly number[]
  className?: string
}

/** How a number went, for the eye only: the number itself stands beside it. Nothing at all is a flat line. */
export function Sparkline({ values, bad, className }: Props) {
  const highest = Math.max(...values, 1e-9)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={clsx('h-6 w-full overflow-visible', className)}
    >
      <path d={areaOf(values, highest)} className="fill-tint" />
      <path
        d={lineOf(values, highest)}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth="1.25"
        strokeLinejoin="round"
        className="stroke-muted"
      />
      {bad?.some((each) => each > 0) && <path d={barsOf(bad, highest)} className="fill-state-dead" />}
    </svg>
  )
}

function xOf(index: number, count: number): number {
  return count < 2 ? 0 : (index / (count - 1)) * WIDTH
}

function lineOf(values: readonly number[], highest: number): string {
  const points = values.map((value, index) => `${xOf(index, values.length).toFixed(2)} ${yOf(value, highest)}`)
  return `M${points.join('L')}`
}

function areaOf(values: readonly number[], highest: number): string {
  return `${lineOf(values, highest)}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`
}

function barsOf(values: readonly number[], highest: number): string {
  const width = Math.max(0.8, WIDTH / values.length - 0.4)
  return values
    .map((value, index) => {
      if (value === 0) return ''
      const top = Number(yOf(value, highest))
      return `M${Math.min(WIDTH - width, xOf(index, values.length)).toFixed(2)} ${HEIGHT}v${(top - HEIGHT).toFixed(2)}h${width.toFixed(2)}V${HEIGHT}Z`
    })
    .join('')
}

function yOf(value: number, highest: number): string {
  return (HEIGHT - 1 - (value / highest) * (HEIGHT - 2)).toFixed(2)
}
