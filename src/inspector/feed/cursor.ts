const FORM = /^(\d{1,19}):(\d{1,19}):(\d{1,19}(?:,\d{1,19})*)?$/
/** Ids of transactions are compared as bigint. */
const MOST = 2n ** 63n - 1n

/** Whether a text that came from outside is a snapshot as PostgreSQL takes it: what is open lies in order between its ends. */
export function isCursor(text: string): boolean {
  const [, low, high, open] = FORM.exec(text) ?? []
  if (low === undefined || high === undefined) return false
  const [first, end] = [BigInt(low), BigInt(high)]
  const ids = open?.split(',').map(BigInt) ?? []
  const areInOrder = ids.every((id, place) => id >= (ids[place - 1] ?? first) && id < end)
  return first > 0n && first <= end && end <= MOST && areInOrder
}
