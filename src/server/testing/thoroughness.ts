import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** `short` in `npm test`, `full` in `npm run test:chaos`. */
    thoroughness: 'short' | 'full'
  }
}

export function isThorough(): boolean {
  return inject('thoroughness') === 'full'
}

/**
 * In `npm test` other files run beside it on the same processors, and what they take from it is not the bus's doing:
 * what is promised within a time may come so much later there.
 */
export function slackMs(): number {
  return isThorough() ? 1_000 : 6_000
}
