/** What accounts accepts and tells. */
import { z } from 'zod'
import { defineCommand, defineEvent, personal, secret } from '../../bus/message.ts'

const userId = z.uuid()

/** Asks for an account. The clear password never gets here: the caller hashes it before. */
export const CreateUser = defineCommand('accounts.create-user', {
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name: personal(z.string()),
    email: personal(z.email()),
    phone: personal(z.string()).nullable(),
    passwordHash: secret(z.string()),
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('created'), userId }),
    z.object({ outcome: z.literal('email-taken') }),
  ]),
})

/** An account is there: written in the same transaction as its row. */
export const UserAccountCreated = defineEvent('accounts.user-account-created', {
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name: personal(z.string()),
    email: personal(z.email()),
    phone: personal(z.string()).nullable(),
    /** Proves, in a link, that its holder reads mail sent to the address. */
    confirmationToken: secret(z.string()),
  }),
})

/** Asks for another link by which an address can be confirmed, while it is not. */
export const RenewConfirmation = defineCommand('accounts.renew-confirmation', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, validUntil: z.iso.datetime() }),
  reply: z.object({ outcome: z.enum(['renewed', 'already-confirmed', 'unknown']) }),
})

/** There is another link; whoever writes to people can send it. */
export const ConfirmationRenewed = defineEvent('accounts.confirmation-renewed', {
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name: personal(z.string()),
    email: personal(z.email()),
    confirmationToken: secret(z.string()),
    validUntil: z.iso.datetime(),
  }),
})

/** Asks to note that the address of an account was confirmed by a link. */
export const ConfirmEmail = defineCommand('accounts.confirm-email', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, confirmationId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['confirmed', 'already-confirmed', 'expired']) }),
})

/** The person reads mail sent to the address. */
export const EmailConfirmed = defineEvent('accounts.email-confirmed', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

/** Asks to remove what nobody can use any more: sessions that have expired, and links long after they have. */
export const PurgeExpired = defineCommand('accounts.purge-expired-sessions', {
  version: 1,
  body: z.object({ expiredBy: z.iso.datetime() }),
  reply: z.object({ sessions: z.int(), confirmations: z.int() }),
})
