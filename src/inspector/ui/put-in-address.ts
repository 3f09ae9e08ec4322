'use client'

/** What stands in an address, by its name there; null stands for nothing. */
export type InAddress = Readonly<Record<string, string | null>>

/** Changes what stands in the page's address, in place: going back leaves the page. What is not named stays. */
export function putInAddress(changes: InAddress): void {
  const url = new URL(window.location.href)
  const changed = Object.entries(changes).filter(([name, value]) => url.searchParams.get(name) !== value)
  if (changed.length === 0) return
  for (const [name, value] of changed) {
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  // Not null, as Next's guide has it: with null its router takes the address for a navigation. It gives up one that is
  // under way, and writes each address once more when it has drawn it: an older one over a newer one. In what begins
  // with the page, before the router listens, null even takes Next's own state away, and going back does nothing.
  // With its state Next leaves it alone, and no page here asks it for the query but when it begins.
  window.history.replaceState(window.history.state, '', url)
}
