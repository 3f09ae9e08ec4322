/** `14:02:11.482`, in the reader's zone. */
export function localTime(date: Date): string {
  const pad = (value: number, width = 2) => String(value).padStart(width, '0')
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** `12 s ago`, `in 3 min`, `now`: in the largest unit of which there are two, or the smallest. */
export function agoWords(ms: number): string {
  const length = Math.abs(ms)
  const [unit, size] = UNITS.find(([, each]) => length >= 2 * each) ?? ['s', 1_000]
  const count = Math.floor(length / size)
  if (count === 0) return 'now'
  return ms >= 0 ? `${count} ${unit} ago` : `in ${count} ${unit}`
}
