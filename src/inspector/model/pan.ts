/** Moving from message to message, or further along a figure, takes so long: one sees where one goes. */
export const PAN_MS = 200

/** Where something is that goes from one place to another: quick at first, slow at the end. */
export function panPlace(from: number, to: number, elapsedMs: number): number {
  const share = Math.min(Math.max(elapsedMs / PAN_MS, 0), 1)
  return from + (to - from) * (1 - (1 - share) ** 3)
}
