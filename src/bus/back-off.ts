const FIRST_MS = 250
const LONGEST_MS = 5_000

/**
 * How long to wait before asking again for something that has failed so many times in a row: twice as long each time,
 * at most five seconds, and never quite the same, so that many nodes do not come back at one moment.
 */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 30))
  return longest * (0.5 + random() / 2)
}

/** Waits as long, or until there is no use in it any more. */
export function backOff(failures: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', goOn)
      resolve()
    }
    const timer = setTimeout(goOn, backOffMs(failures))
    signal.addEventListener('abort', goOn)
  })
}
