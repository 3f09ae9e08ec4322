/** What the numbers of the last hour have to say to somebody who was not looking. */
import type { Cards } from './overview.ts'

/**
 * - `raised`: above its limit, and as bad as when it began;
 * - `elevated`: worse than when it began;
 * - `reduced`: it was worse, and is above its limit still;
 * - `cleared`: it was above its limit a while ago, and is not any more.
 */
export type AlertState = 'raised' | 'elevated' | 'reduced' | 'cleared'

export interface Alert {
  what: Watched
  state: AlertState
  /** Minutes since it was raised, or since it cleared; with `isLonger` at least so many. */
  minutes: number
  isLonger: boolean
  value: number
}

/** From where on somebody should look, and from where on at once. */
export const LIMITS = {
  failing: [1, 3],
  oldest: [60_000, 600_000],
  retrying: [10, 100],
  dead: [1, 50],
} as const satisfies Partial<Record<keyof Cards, readonly [number, number]>>

export type Watched = keyof typeof LIMITS

/** What cleared is shown for so long. */
const REMEMBERED_MINUTES = 15

/** Read from one point a minute: what came and went between two of them nobody noticed. */
export function alertsOf(cards: Cards): Alert[] {
  return (Object.keys(LIMITS) as Watched[]).flatMap((what) => {
    const [look, hurry] = LIMITS[what]
    const { trend, value } = cards[what]
    const levels = [...trend.slice(0, -1), value].map((each) => (each >= hurry ? 2 : each >= look ? 1 : 0))
    const found = stateOf(levels)
    return found ? [{ what, value, ...found }] : []
  })
}

function stateOf(levels: readonly number[]): Pick<Alert, 'state' | 'minutes' | 'isLonger'> | null {
  const now = levels.at(-1) ?? 0
  if (now === 0) {
    const minutes = levels.length - 1 - levels.findLastIndex((each) => each > 0)
    const isRecent = minutes < levels.length && minutes <= REMEMBERED_MINUTES
    return isRecent ? { state: 'cleared', minutes, isLonger: false } : null
  }
  const begin = levels.lastIndexOf(0) + 1
  const run = levels.slice(begin)
  const state = now < Math.max(...run) ? 'reduced' : now > run[0]! ? 'elevated' : 'raised'
  return { state, minutes: run.length - 1, isLonger: begin === 0 }
}
