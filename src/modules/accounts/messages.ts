/** What accounts accepts and tells. */
import { z } from 'zod'
import { defineCommand, defineEvent, personal, secret } from '../../bus/message.ts'
import { ROLES } from './model/role.ts'

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
    ...habits,
    /** The address needs no confirmation: the person came by a link that was sent to it. */
    emailConfirmed: z.boolean().optional(),
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

/** Asks to remove what nobody can use any more: sessions, links and codes that have expired. */
export const PurgeExpired = defineCommand('accounts.purge-expired-sessions', {
  version: 1,
  body: z.object({ expiredBy: z.iso.datetime() }),
  reply: z.object({ sessions: z.int(), confirmations: z.int(), requests: z.int() }),
})

/** Asks for another letter by which the present address can be confirmed. */
export const RequestConfirmation = defineCommand('accounts.request-confirmation', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.object({ outcome: z.enum(['requested', 'already-confirmed', 'unknown']) }),
})

/** Somebody asked for another letter by which the address can be confirmed. The links before it go on working. */
export const ConfirmationRequested = defineEvent('accounts.confirmation-requested', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name, email, confirmationToken: secret(z.string()), validUntil }),
})

/** Asks for a way to choose a new password without the old one. It is sent for addresses that nobody has, too, about nobody: whoever asks cannot tell. */
export const RequestPasswordReset = defineCommand('accounts.request-password-reset', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.object({ outcome: z.enum(['requested', 'unknown']) }),
})

/** Somebody who knows the address asked for a way to choose a new password. */
export const PasswordResetRequested = defineEvent('accounts.password-reset-requested', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name, email, resetToken: secret(z.string()), validUntil }),
})

/** Asks to take a new password from somebody who followed the link. Works once; all log-ins end. */
export const ResetPassword = defineCommand('accounts.reset-password', {
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

/** Asks to take a new password from somebody who knew the old one; all log-ins end but the one that is kept. */
export const ChangePassword = defineCommand('accounts.change-password', {
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

/** There is a new password: by somebody who knew the old one, or by the link in a letter. */
export const PasswordChanged = defineEvent('accounts.password-changed', {
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

/** Asks to call the person by another name. */
export const ChangeName = defineCommand('accounts.change-name', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name }),
  reply: z.object({ outcome: z.enum(['changed', 'unchanged', 'unknown']) }),
})

export const NameChanged = defineEvent('accounts.name-changed', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name }),
})

/** Asks for another address. The answer does not tell whether somebody else has it. */
export const RequestEmailChange = defineCommand('accounts.request-email-change', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, email }),
  reply: z.object({ outcome: z.enum(['requested', 'unchanged', 'unknown']) }),
})

/** The person wants another address. It counts once a link that is sent there was opened; until then the previous one does. */
export const EmailChangeRequested = defineEvent('accounts.email-change-requested', {
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

/** Asks to keep the present address after all: the link that was sent to the other one stops working. */
export const WithdrawEmailChange = defineCommand('accounts.withdraw-email-change', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.object({ outcome: z.enum(['withdrawn', 'none']) }),
})

/** The person keeps the previous address after all. */
export const EmailChangeWithdrawn = defineEvent('accounts.email-change-withdrawn', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
})

/** Asks to make the address the one of the account, by the link that was sent to it. */
export const ConfirmEmailChange = defineCommand('accounts.confirm-email-change', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, changeId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['changed', 'already-confirmed', 'taken', 'expired']) }),
})

/** The new address was confirmed: from now on it is the person's. */
export const EmailChanged = defineEvent('accounts.email-changed', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name, email, previousEmail: email }),
})

/** Asks for a code by which a phone number can be confirmed: another one, or the present one that is not confirmed yet. */
export const RequestPhoneChange = defineCommand('accounts.request-phone-change', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, phone: personal(z.string()) }),
  reply: z.object({ outcome: z.enum(['requested', 'unchanged', 'unknown']) }),
})

/** The person gave a phone number. It counts once the code that is sent there was typed in. */
export const PhoneChangeRequested = defineEvent('accounts.phone-change-requested', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, phone: personal(z.string()), code: secret(z.string()), validUntil }),
})

/** Asks to note that somebody received the code. A few wrong ones, and another code must be asked for. */
export const ConfirmPhone = defineCommand('accounts.confirm-phone', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, code: secret(z.string()) }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('confirmed') }),
    z.object({ outcome: z.literal('wrong'), triesLeft: z.int() }),
    z.object({ outcome: z.literal('expired') }),
  ]),
})

/** Asks to forget the phone number. */
export const RemovePhone = defineCommand('accounts.remove-phone', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.object({ outcome: z.enum(['removed', 'none']) }),
})

/** The number was confirmed, or, where it is null, taken away. */
export const PhoneChanged = defineEvent('accounts.phone-changed', {
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

/** Asks to let somebody in whose password, or passkey, was checked. */
export const OpenSession = defineCommand('accounts.open-session', {
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    session: newSession,
    /** The one that was checked: nobody is let in where it is another by now. Null for a passkey. */
    passwordHash: secret(z.string()).nullable(),
  }),
  reply: z.object({ outcome: z.enum(['opened', 'changed-meanwhile']) }),
})

/** Somebody who could show that they are the person was let in. */
export const LoggedIn = defineEvent('accounts.logged-in', {
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    how: z.enum(['password', 'passkey']),
    /** Like `Firefox on Windows`. */
    device: personal(z.string()),
  }),
})

/** Asks to end log-ins of a person: one, or all but the one that is kept. */
export const EndSessions = defineCommand('accounts.end-sessions', {
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

/** Log-ins were ended by somebody who is not the one who opened them, or not in that browser. */
export const SessionsEnded = defineEvent('accounts.sessions-ended', {
  version: 1,
  subject: 'userId',
  body: z.object({
    userId,
    count: z.int(),
    /** The operator who did it, where one did. */
    endedBy: z.uuid().optional(),
  }),
})

/** Asks somebody to join, in a role. An invitation that is open for the address is replaced. */
export const InvitePerson = defineCommand('accounts.invite-person', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, email, role, invitedBy: z.uuid(), language: habits.language }),
  reply: z.object({ outcome: z.enum(['invited', 'has-account']) }),
})

/** Somebody was asked to join, in a role. The person's id is kept free for whoever follows the link. */
export const InvitationCreated = defineEvent('accounts.invitation-created', {
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

/** Asks to make the link of an invitation useless. */
export const WithdrawInvitation = defineCommand('accounts.withdraw-invitation', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, withdrawnBy: z.uuid() }),
  reply: z.object({ outcome: z.enum(['withdrawn', 'gone']) }),
})

/** The link in the invitation does not work any more. */
export const InvitationWithdrawn = defineEvent('accounts.invitation-withdrawn', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, withdrawnBy: z.uuid() }),
})

/** Asks to give a person another role. The last operator stays one; so does whoever OPERATOR_EMAILS names. */
export const ChangeRole = defineCommand('accounts.change-role', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, role, changedBy: z.uuid() }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('changed'), endedSessionIds }),
    z.object({ outcome: z.enum(['unchanged', 'last-operator', 'named-operator', 'unknown']) }),
  ]),
})

/** What somebody may do has changed; the person's log-ins were ended. */
export const RoleChanged = defineEvent('accounts.role-changed', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, role, previousRole: role, changedBy: z.uuid() }),
})

const reason = personal(z.string().max(500))

/** Asks to note that an operator is about to see a person's address. Only what is noted is shown. */
export const NoteAddressReveal = defineCommand('accounts.note-address-reveal', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, reason, actorId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['noted', 'unknown']) }),
})

/** An operator has been shown the person's address. */
export const AddressRevealed = defineEvent('accounts.address-revealed', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, reason, actorId: z.uuid() }),
})

/** Asks to note the public half of a key pair that somebody's device made; whoever sends it has checked that it did. */
export const AddPasskey = defineCommand('accounts.add-passkey', {
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

/** The person can log in with another passkey. */
export const PasskeyAdded = defineEvent('accounts.passkey-added', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid(), label: personal(z.string()) }),
})

export const RenamePasskey = defineCommand('accounts.rename-passkey', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid(), label: personal(z.string()) }),
  reply: z.object({ outcome: z.enum(['renamed', 'unknown']) }),
})

export const PasskeyRenamed = defineEvent('accounts.passkey-renamed', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid(), label: personal(z.string()) }),
})

export const RemovePasskey = defineCommand('accounts.remove-passkey', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['removed', 'unknown']) }),
})

/** The passkey opens nothing any more. */
export const PasskeyRemoved = defineEvent('accounts.passkey-removed', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, passkeyId: z.uuid(), label: personal(z.string()) }),
})

/** Asks to delete an account, for good. Its caller has made sure that the person means it. */
export const DeleteAccount = defineCommand('accounts.delete-account', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('deleted'), endedSessionIds }),
    z.object({ outcome: z.enum(['unknown', 'last-operator']) }),
  ]),
})

/** Nobody can log in with the account any more. Every module removes what it keeps for its own use. */
export const AccountDeleted = defineEvent('accounts.account-deleted', {
  version: 1,
  subject: 'userId',
  body: z.object({ userId, name: personal(z.string()), email: personal(z.email()) }),
})
