/** When the data of a deleted account goes, for its person. */
export function whenErased(legalHoldDays: number): string {
  if (legalHoldDays === 0) return 'at once, as soon as what is on its way about you has arrived'
  return legalHoldDays === 1 ? 'after one day' : `after ${legalHoldDays} days`
}
