import { z } from 'zod'

/** What stands in a link of a letter. What cannot be one is nobody's, as is one that was made up: its form tells nothing. */
export const linkToken = z.string().max(200).catch('')
