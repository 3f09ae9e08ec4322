/** What registration tells. */
import { z } from 'zod'
import { defineEvent } from '../../bus/message.ts'

const userId = z.uuid()

export const RegistrationCompleted = defineEvent('registration.registration-completed', {
  description: 'Everything that belongs to a sign-up has happened.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

export const RegistrationExpired = defineEvent('registration.registration-expired', {
  description: 'The address was not confirmed in time; the links that were sent do not work any more.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})
