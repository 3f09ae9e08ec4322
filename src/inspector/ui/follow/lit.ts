/** What the strip that says what is followed has for its id: what lights up refers to it. */
export const FOLLOWED_ID = 'followed'

/** Lights an element up: a bar at its left and a tint, and for who does not see them the strip as its description. */
export function lit(isLit: boolean | undefined) {
  return isLit ? { 'data-lit': '', 'aria-describedby': FOLLOWED_ID } : {}
}
