/** What somebody has tried already; this browser remembers. */
export type FirstStep = 'sent' | 'failed' | 'slowed'

interface FirstSteps {
  taken: readonly FirstStep[]
  isDismissed: boolean
}

const KEPT = 'waybill.first-steps'
const GONE = 'gone'
const listeners = new Set<() => void>()
let known: FirstSteps | undefined

export function firstSteps(): FirstSteps {
  known ??= read()
  return known
}

export function subscribeFirstSteps(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function noteFirstStep(step: FirstStep): void {
  const { taken, isDismissed } = firstSteps()
  if (!taken.includes(step)) keep({ taken: [...taken, step], isDismissed })
}

export function dismissFirstSteps(): void {
  keep({ ...firstSteps(), isDismissed: true })
}

function keep(next: FirstSteps): void {
  known = next
  try {
    localStorage.setItem(KEPT, [...next.taken, ...(next.isDismissed ? [GONE] : [])].join())
  } catch {
    // A browser that keeps nothing: it holds for this page.
  }
  for (const listener of listeners) listener()
}

function read(): FirstSteps {
  try {
    const words = (localStorage.getItem(KEPT) ?? '').split(',')
    const taken = (['sent', 'failed', 'slowed'] as const).filter((each) => words.includes(each))
    return { taken, isDismissed: words.includes(GONE) }
  } catch {
    return { taken: [], isDismissed: false }
  }
}
