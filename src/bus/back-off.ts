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
