/** What holds wherever somebody looks at personal data for a while. */
import { z } from 'zod'

/** For so long it is shown. */
export const REVEALED_FOR_S = 30

/** Of the words that say why. */
export const SHORTEST_REASON = 5

export const SAY_WHY = 'Please say why, in a few words.'

export const revealReason = z.string().trim().min(SHORTEST_REASON, SAY_WHY).max(500)
