/** A password that somebody has already, asked for where an open browser that was found must not be enough. */
import { z } from 'zod'

/** Whatever it is like, it is compared. */
export const passwordField = z
  .string()
  .min(1, 'Please enter your password.')
  .max(200, 'Please use at most 200 characters.')

export const NOT_YOUR_PASSWORD = 'This is not your password.'
