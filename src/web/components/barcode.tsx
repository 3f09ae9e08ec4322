/** An id as bars, as it would be on a parcel. For the eye only: the id itself stands beside it. */
export function Barcode({ id, height = 28 }: { id: string; height?: number }) {
  const digits = id.replace(/[^0-9a-f]/g, '').slice(-18)
  let x = 0
  const bars = digits.split('').flatMap((digit) => {
    const value = Number.parseInt(digit, 16)
    const bar = { x, width: 1 + (value & 3) * 0.75 }
    x += bar.width + 1.5 + (value >> 2) * 0.75
    return [bar]
  })
  return (
    <svg width={x} height={height} viewBox={`0 0 ${x} ${height}`} aria-hidden="true" className="text-ink">
      {bars.map((bar) => (
        <rect key={bar.x} x={bar.x} width={bar.width} height={height} fill="currentColor" />
      ))}
    </svg>
  )
}
