import type { WayIn } from '../../../web/trpc/init.ts'

export const WAYS_IN = ['password', 'passkey', 'sign-up'] as const satisfies readonly WayIn[]

/** One that an earlier or later build stored counts as the weakest. */
export function wayInOf(stored: string): WayIn {
  return WAYS_IN.find((each) => each === stored) ?? 'password'
}
