/** What registration tells. */
import { z } from 'zod'
import { defineEvent } from '../../bus/message.ts'

const userId = z.uuid()

/** Everything that belongs to a sign-up has happened. */
export const RegistrationCompleted = defineEvent('registration.registration-completed', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

/** The address was not confirmed in time; the links that were sent do not work any more. */
export const RegistrationExpired = defineEvent('registration.registration-expired', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})
