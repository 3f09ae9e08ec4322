import type { Subscription } from '../../bus/index.ts'

/** The handlers of this build, by name. */
export type FindHandler = (name: string) => Pick<Subscription, 'alwaysRuns'> | undefined

/** Why an operator changes nothing about a handler; null where they may. */
export function whyLeftAlone(handler: ReturnType<FindHandler>): 'unknown' | 'protected' | null {
  if (!handler) return 'unknown'
  return handler.alwaysRuns === null ? null : 'protected'
}
