/** Deaths in each of the last 24 hours; the sum is said in words. */
export function DayBars({ trend }: { trend: readonly number[] }) {
  const total = trend.reduce((sum, each) => sum + each, 0)
  const highest = Math.max(1, ...trend)
  return (
    <svg
      viewBox="0 0 96 24"
      role="img"
      aria-label={`${total.toLocaleString('en')} died in the last 24 hours`}
      className="h-6 w-24 shrink-0"
    >
      <title>{`${total.toLocaleString('en')} died in the last 24 hours`}</title>
      <path d="M0 23.5H96" className="stroke-line" />
      {trend.map((count, hour) => {
        const height = count === 0 ? 0 : 2 + (count / highest) * 20
        return <rect key={hour} x={hour * 4} y={23 - height} width="3" height={height} className="fill-state-dead" />
      })}
    </svg>
  )
}
