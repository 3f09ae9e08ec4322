/** How somebody showed who they are: `sign-up` by the form that made the account, where its answer was late or lost. */
export const WAYS_IN = ['password', 'passkey', 'sign-up'] as const

export type WayIn = (typeof WAYS_IN)[number]

/** One that an earlier or later build stored counts as the weakest. */
export function wayInOf(stored: string): WayIn {
  return WAYS_IN.find((each) => each === stored) ?? 'password'
}
