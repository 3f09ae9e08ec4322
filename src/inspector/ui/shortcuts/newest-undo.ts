/** For so long what was done a moment ago is taken back by a key: as long as its toast stands there. */
const OFFERED_MS = 10_000

let newest: { takeBack(): void; until: number } | null = null

/** Says how what was just done is taken back. Returns what does that, for its toast: by whichever way, it is done once. */
export function offerUndo(undo: () => void): () => void {
  let isOpen = true
  const takeBack = () => {
    if (!isOpen) return
    isOpen = false
    undo()
  }
  newest = { takeBack, until: Date.now() + OFFERED_MS }
  return takeBack
}

/** Takes back what was done last, once, while that is offered. */
export function undoNewest(): void {
  const offered = newest
  newest = null
  if (offered && Date.now() < offered.until) offered.takeBack()
}
