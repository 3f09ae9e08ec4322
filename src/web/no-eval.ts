import { z } from 'zod'

/**
 * To be imported before a schema is made that a page reads forms with: Zod makes code out of schemas where it may.
 * Pages may not, and browsers report each try.
 */
if (typeof window !== 'undefined') z.config({ jitless: true })
