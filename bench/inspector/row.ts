/** One figure of the inspector, and what it is to be at most. */
export interface Row {
  row: string
  value: number
  target: number
  note: string
}

export function isMet({ value, target }: Row): boolean {
  return value <= target
}
