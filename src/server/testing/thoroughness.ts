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
