/** What accounts accepts and tells. */
import { z } from 'zod'
import { defineCommand, defineEvent, personal, secret } from '../../bus/message.ts'
import { ROLES } from './model/role.ts'
import { WAYS_IN } from './model/ways-in.ts'

const userId = z.uuid()
const name = personal(z.string())
const email = personal(z.email())
const validUntil = z.iso.datetime()
/** Ids, not tokens: they let a node cut the live connections that it holds of them. */
const endedSessionIds = z.array(z.uuid())
const role = z.enum(ROLES)
/** What the person's browser tells of them, where it does; nothing in accounts depends on it. */
const habits = {
  /** A language tag like `de-CH`. */
  language: personal(z.string()).optional(),
  /** Like `Europe/Zurich`. */
  timeZone: personal(z.string()).optional(),
}

/** A log-in to be. The token itself is in a cookie alone. */
const newSession = z.object({
  id: z.uuid(),
  tokenHash: secret(z.string()),
  expiresAt: z.iso.datetime(),
  userAgent: personal(z.string()).nullable(),
})

export const CreateUser = defineCommand('accounts.create-user', {
  description: 'Asks for an account. The clear password never gets here: the caller hashes it before.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name: personal(z.string()),
    email: personal(z.email()),
    phone: personal(z.string()).nullable(),
    passwordHash: secret(z.string()),
    ...habits,
    /** Of the invitation that is followed: its id is the user's. The address is confirmed with it. */
    isInvited: z.boolean().optional(),
    /** Whoever asks is logged in with the account; without it, nobody is. */
    session: newSession.optional(),
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('created'), userId }),
    z.object({ outcome: z.enum(['email-taken', 'invitation-expired']) }),
  ]),
})

export const UserAccountCreated = defineEvent('accounts.user-account-created', {
  description: 'An account is there: written in the same transaction as its row.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name: personal(z.string()),
    email: personal(z.email()),
    phone: personal(z.string()).nullable(),
    /** Proves, in a link, that its holder reads mail sent to the address. */
    confirmationToken: secret(z.string()),
    ...habits,
    /** The address needs no confirmation: the person came by a link that was sent to it. */
    emailConfirmed: z.boolean().optional(),
  }),
})

export const RenewConfirmation = defineCommand('accounts.renew-confirmation', {
  description: 'Asks for another link by which an address can be confirmed, while it is not.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, validUntil: z.iso.datetime() }),
  reply: z.object({ outcome: z.enum(['renewed', 'already-confirmed', 'unknown']) }),
})

export const ConfirmationRenewed = defineEvent('accounts.confirmation-renewed', {
  description: 'There is another link; whoever writes to people can send it.',
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

export const ConfirmEmail = defineCommand('accounts.confirm-email', {
  description: 'Asks to note that the address of an account was confirmed by a link.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, confirmationId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['confirmed', 'already-confirmed', 'expired']) }),
})

export const EmailConfirmed = defineEvent('accounts.email-confirmed', {
  description: 'The person reads mail sent to the address.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

export const PurgeExpired = defineCommand('accounts.purge-expired-sessions', {
  description: 'Asks to remove what nobody can use any more: sessions, links and codes that have expired.',
  version: 1,
  body: z.object({ expiredBy: z.iso.datetime() }),
  reply: z.object({ sessions: z.int(), confirmations: z.int(), requests: z.int() }),
})

export const RequestConfirmation = defineCommand('accounts.request-confirmation', {
  description: 'Asks for another letter by which the present address can be confirmed.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.object({ outcome: z.enum(['requested', 'already-confirmed', 'unknown']) }),
})

export const ConfirmationRequested = defineEvent('accounts.confirmation-requested', {
  description:
    'Somebody asked for another letter by which the address can be confirmed. The links before it go on working.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name, email, confirmationToken: secret(z.string()), validUntil }),
})

export const RequestPasswordReset = defineCommand('accounts.request-password-reset', {
  description:
    'Asks for a way to choose a new password without the old one. It is sent for addresses that nobody has, too, about nobody: whoever asks cannot tell.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.object({ outcome: z.enum(['requested', 'unknown']) }),
})

export const PasswordResetRequested = defineEvent('accounts.password-reset-requested', {
  description: 'Somebody who knows the address asked for a way to choose a new password.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name, email, resetToken: secret(z.string()), validUntil }),
})

export const ResetPassword = defineCommand('accounts.reset-password', {
  description: 'Asks to take a new password from somebody who followed the link. Works once; all log-ins end.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    resetId: z.uuid(),
    passwordHash: secret(z.string()),
    /** Whoever got in before may have made one. */
    removePasskeys: z.boolean().optional(),
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('changed'), endedSessionIds }),
    z.object({ outcome: z.literal('expired') }),
  ]),
})

export const ChangePassword = defineCommand('accounts.change-password', {
  description:
    'Asks to take a new password from somebody who knew the old one; all log-ins end but the one that is kept.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    passwordHash: secret(z.string()),
    /** The one that was checked: nothing is changed where it is another by now. */
    previousPasswordHash: secret(z.string()),
    keptSessionId: z.uuid(),
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('changed'), endedSessionIds }),
    z.object({ outcome: z.literal('changed-meanwhile') }),
  ]),
})

export const PasswordChanged = defineEvent('accounts.password-changed', {
  description: 'There is a new password: by somebody who knew the old one, or by the link in a letter.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name,
    email,
    how: z.enum(['changed', 'reset']),
    /** What became of them at a reset, where there were any. */
    passkeys: z.enum(['removed', 'kept']).optional(),
  }),
})

export const ChangeName = defineCommand('accounts.change-name', {
  description: 'Asks to call the person by another name.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name }),
  reply: z.object({ outcome: z.enum(['changed', 'unchanged', 'unknown']) }),
})

export const NameChanged = defineEvent('accounts.name-changed', {
  description: 'The person is called by another name.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name }),
})

export const RequestEmailChange = defineCommand('accounts.request-email-change', {
  description: 'Asks for another address. The answer does not tell whether somebody else has it.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, email }),
  reply: z.object({ outcome: z.enum(['requested', 'unchanged', 'unknown']) }),
})

export const EmailChangeRequested = defineEvent('accounts.email-change-requested', {
  description:
    'The person wants another address. It counts once a link that is sent there was opened; until then the previous one does.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    name,
    /** The new one. Somebody else may have an account with it: only the confirmation will tell. */
    email,
    previousEmail: email,
    confirmationToken: secret(z.string()),
    validUntil,
  }),
})

export const WithdrawEmailChange = defineCommand('accounts.withdraw-email-change', {
  description: 'Asks to keep the present address after all: the link that was sent to the other one stops working.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.object({ outcome: z.enum(['withdrawn', 'none']) }),
})

export const EmailChangeWithdrawn = defineEvent('accounts.email-change-withdrawn', {
  description: 'The person keeps the previous address after all.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

export const ConfirmEmailChange = defineCommand('accounts.confirm-email-change', {
  description: 'Asks to make the address the one of the account, by the link that was sent to it.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, changeId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['changed', 'already-confirmed', 'taken', 'expired']) }),
})

export const EmailChanged = defineEvent('accounts.email-changed', {
  description: `The new address was confirmed: from now on it is the person's.`,
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name, email, previousEmail: email }),
})

export const RequestPhoneChange = defineCommand('accounts.request-phone-change', {
  description:
    'Asks for a code by which a phone number can be confirmed: another one, or the present one that is not confirmed yet.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, phone: personal(z.string()) }),
  reply: z.object({ outcome: z.enum(['requested', 'unchanged', 'unknown']) }),
})

export const PhoneChangeRequested = defineEvent('accounts.phone-change-requested', {
  description: 'The person gave a phone number. It counts once the code that is sent there was typed in.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, phone: personal(z.string()), code: secret(z.string()), validUntil }),
})

export const ConfirmPhone = defineCommand('accounts.confirm-phone', {
  description: 'Asks to note that somebody received the code. A few wrong ones, and another code must be asked for.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, code: secret(z.string()) }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('confirmed') }),
    z.object({ outcome: z.literal('wrong'), triesLeft: z.int() }),
    z.object({ outcome: z.literal('expired') }),
  ]),
})

export const RemovePhone = defineCommand('accounts.remove-phone', {
  description: 'Asks to forget the phone number.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.object({ outcome: z.enum(['removed', 'none']) }),
})

export const PhoneChanged = defineEvent('accounts.phone-changed', {
  description: 'The number was confirmed, or, where it is null, taken away.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    phone: personal(z.string()).nullable(),
    /** `added` where there was no confirmed number before. */
    how: z.enum(['added', 'changed', 'removed']).optional(),
    /** The confirmed one that was the person's until now; absent where there was none. */
    previousPhone: personal(z.string()).optional(),
  }),
})

const how = z.enum(WAYS_IN)

export const OpenSession = defineCommand('accounts.open-session', {
  description: 'Asks to let somebody in whose password or passkey was checked, or who has just signed up.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    session: newSession,
    /** The one that was checked: nobody is let in where it is another by now. Null where none was. */
    passwordHash: secret(z.string()).nullable(),
    /** Of the same password, by today's parameters: takes the place of the one that was checked. */
    renewedPasswordHash: secret(z.string()).optional(),
    /** Where it is absent: by the password, or, without its hash, by a passkey. */
    how: how.optional(),
  }),
  reply: z.object({ outcome: z.enum(['opened', 'changed-meanwhile']) }),
})

export const LoggedIn = defineEvent('accounts.logged-in', {
  description: 'Somebody who could show that they are the person was let in.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    how,
    /** Like `Firefox on Windows`. */
    device: personal(z.string()),
  }),
})

/** Why a log-in ended in its own browser. */
const why = z.enum(['log-out', 'another-log-in'])

export const CloseSession = defineCommand('accounts.close-session', {
  description: 'Asks to end the log-in of a browser, from that browser. It may be over already.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, sessionId: z.uuid(), userAgent: personal(z.string()).nullable(), why }),
  reply: z.object({}),
})

export const LoggedOut = defineEvent('accounts.logged-out', {
  description: 'Somebody logged out, or in again, in the browser in which they were.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    /** Like `Firefox on Windows`. */
    device: personal(z.string()),
    why,
  }),
})

export const EndSessions = defineCommand('accounts.end-sessions', {
  description: 'Asks to end log-ins of a person: one, or all but the one that is kept.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    sessionId: z.uuid().nullable(),
    keptSessionId: z.uuid().nullable(),
    /** An operator who is not the person. */
    endedBy: z.uuid().optional(),
  }),
  reply: z.object({ endedSessionIds }),
})

export const SessionsEnded = defineEvent('accounts.sessions-ended', {
  description: 'Log-ins were ended by somebody who is not the one who opened them, or not in that browser.',
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    count: z.int(),
    /** The operator who did it, where one did. */
    endedBy: z.uuid().optional(),
  }),
})

export const InvitePerson = defineCommand('accounts.invite-person', {
  description: 'Asks somebody to join, in a role. An invitation that is open for the address is replaced.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, email, role, invitedBy: z.uuid(), language: habits.language }),
  reply: z.object({ outcome: z.enum(['invited', 'has-account']) }),
})

export const InvitationCreated = defineEvent('accounts.invitation-created', {
  description: `Somebody was asked to join, in a role. The person's id is kept free for whoever follows the link.`,
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    email,
    role,
    invitationToken: secret(z.string()),
    invitedBy: z.uuid(),
    validUntil,
    /** In which whoever invites wants the letter. */
    language: habits.language,
  }),
})

export const WithdrawInvitation = defineCommand('accounts.withdraw-invitation', {
  description: 'Asks to make the link of an invitation useless.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, withdrawnBy: z.uuid() }),
  reply: z.object({ outcome: z.enum(['withdrawn', 'gone']) }),
})

export const InvitationWithdrawn = defineEvent('accounts.invitation-withdrawn', {
  description: 'The link in the invitation does not work any more.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, withdrawnBy: z.uuid() }),
})

export const ChangeRole = defineCommand('accounts.change-role', {
  description:
    'Asks to give a person another role. The last operator stays one; so does whoever OPERATOR_EMAILS names.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, role, changedBy: z.uuid() }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('changed'), endedSessionIds }),
    z.object({ outcome: z.enum(['unchanged', 'last-operator', 'named-operator', 'unknown']) }),
  ]),
})

export const RoleChanged = defineEvent('accounts.role-changed', {
  description: `What somebody may do has changed; the person's log-ins were ended.`,
  version: 1,
  subject: 'userId',
  body: z.object({ userId, role, previousRole: role, changedBy: z.uuid() }),
})

export const SetPasskeyDemand = defineCommand('accounts.set-passkey-demand', {
  description:
    'Asks that operators and viewers come in with a passkey, or no longer. Whoever demands it must be in with one: nobody locks themselves out.',
  version: 1,
  body: z.object({
    isOn: z.boolean(),
    actorId: z.uuid(),
    /** In which it is demanded; null where it is given up at the command line. */
    sessionId: z.uuid().nullable(),
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('set'), endedSessionIds }),
    z.object({ outcome: z.enum(['unchanged', 'passkey-needed']) }),
  ]),
})

export const PasskeyDemandSet = defineEvent('accounts.passkey-demand-set', {
  description: 'From now on operators and viewers are members until they come in with a passkey, or no longer.',
  version: 1,
  body: z.object({ isOn: z.boolean(), actorId: z.uuid() }),
})

const reason = personal(z.string().max(500))

export const NoteAddressReveal = defineCommand('accounts.note-address-reveal', {
  description: `Asks to note that an operator is about to see a person's address. Only what is noted is shown.`,
  version: 1,
  subject: 'userId',
  body: z.object({ userId, reason, actorId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['noted', 'unknown']) }),
})

export const AddressRevealed = defineEvent('accounts.address-revealed', {
  description: `An operator has been shown the person's address.`,
  version: 1,
  subject: 'userId',
  body: z.object({ userId, reason, actorId: z.uuid() }),
})

export const AddPasskey = defineCommand('accounts.add-passkey', {
  description: `Asks to note the public half of a key pair that somebody's device made; whoever sends it has checked that it did.`,
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    passkeyId: z.uuid(),
    label: personal(z.string()),
    credentialId: personal(z.string()),
    publicKey: personal(z.string()),
    counter: z.int(),
    transports: z.array(z.string()),
  }),
  reply: z.object({ outcome: z.enum(['added', 'already-there', 'too-many']) }),
})

export const PasskeyAdded = defineEvent('accounts.passkey-added', {
  description: 'The person can log in with another passkey.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid(), label: personal(z.string()) }),
})

export const RenamePasskey = defineCommand('accounts.rename-passkey', {
  description: 'Asks to call a passkey by another name.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid(), label: personal(z.string()) }),
  reply: z.object({ outcome: z.enum(['renamed', 'unknown']) }),
})

export const PasskeyRenamed = defineEvent('accounts.passkey-renamed', {
  description: 'The person calls a passkey by another name.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid(), label: personal(z.string()) }),
})

export const RemovePasskey = defineCommand('accounts.remove-passkey', {
  description: 'Asks to take a passkey away: it opens nothing any more.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['removed', 'unknown']) }),
})

export const PasskeyRemoved = defineEvent('accounts.passkey-removed', {
  description: 'The passkey opens nothing any more.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid(), label: personal(z.string()) }),
})

export const DeleteAccount = defineCommand('accounts.delete-account', {
  description: 'Asks to delete an account, for good. Its caller has made sure that the person means it.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('deleted'), endedSessionIds }),
    z.object({ outcome: z.enum(['unknown', 'last-operator']) }),
  ]),
})

export const AccountDeleted = defineEvent('accounts.account-deleted', {
  description: 'Nobody can log in with the account any more. Every module removes what it keeps for its own use.',
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name: personal(z.string()), email: personal(z.email()) }),
})
