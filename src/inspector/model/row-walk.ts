/** Where a walk through rows was before this step. */
export interface WalkedRows {
  /** How many rows there are now. */
  count: number
  /** The place of the row that has the focus; null when none has it. */
  at: number | null
  /** The place of the row that was walked to last; null when none was. */
  last: number | null
}

/** Which row a step of a walk leads to. Where the row walked to is gone, as after a retry, what took its place is next. */
export function stepInRows({ count, at, last }: WalkedRows, step: 1 | -1): number {
  return Math.min(count - 1, Math.max(0, wanted(at, last, step)))
}

function wanted(at: number | null, last: number | null, step: 1 | -1): number {
  if (at !== null) return at + step
  if (last !== null) return step === 1 ? last : last - 1
  return 0
}
