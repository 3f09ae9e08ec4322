/** For so long what was done a moment ago is taken back by a key: as long as its toast stands there. */
const OFFERED_MS = 10_000

let newest: { undo(): void; until: number } | null = null

/** Says how what was just done is taken back. */
export function offerUndo(undo: () => void): void {
  newest = { undo, until: Date.now() + OFFERED_MS }
}

/** Takes back what was done last, once, while that is offered. */
export function undoNewest(): void {
  const offered = newest
  newest = null
  if (offered && Date.now() < offered.until) offered.undo()
}
