/** Accounts: who people are, and how they get in. Knows nothing of e-mail. */
import { type Clock, type Module, type PersonKeyStore, recurring } from '../../bus/index.ts'
import { createCodes } from './code.ts'
import { changeName } from './handlers/change-name.ts'
import { changePasswordHandler } from './handlers/change-password.ts'
import { changeRoleHandler } from './handlers/change-role.ts'
import { closeSession } from './handlers/close-session.ts'
import { confirmEmailHandler } from './handlers/confirm-email.ts'
import { confirmEmailChangeHandler } from './handlers/confirm-email-change.ts'
import { confirmPhoneHandler } from './handlers/confirm-phone.ts'
import { createUserHandler } from './handlers/create-user.ts'
import { deleteAccountHandler } from './handlers/delete-account.ts'
import { endSessionsHandler } from './handlers/end-sessions.ts'
import { invitePersonHandler } from './handlers/invite-person.ts'
import { noteAddressReveal } from './handlers/note-address-reveal.ts'
import { openSession } from './handlers/open-session.ts'
import { passkeyHandlers } from './handlers/passkeys.ts'
import { purgeExpiredHandler } from './handlers/purge-expired.ts'
import { removePhoneHandler } from './handlers/remove-phone.ts'
import { renewConfirmation } from './handlers/renew-confirmation.ts'
import { requestConfirmationHandler } from './handlers/request-confirmation.ts'
import { requestEmailChangeHandler } from './handlers/request-email-change.ts'
import { requestPasswordResetHandler } from './handlers/request-password-reset.ts'
import { requestPhoneChangeHandler } from './handlers/request-phone-change.ts'
import { resetPasswordHandler } from './handlers/reset-password.ts'
import { setPasskeyDemandHandler } from './handlers/set-passkey-demand.ts'
import { withdrawEmailChange } from './handlers/withdraw-email-change.ts'
import { withdrawInvitation } from './handlers/withdraw-invitation.ts'
import {
  AccountDeleted,
  AddPasskey,
  AddressRevealed,
  ChangeName,
  ChangePassword,
  ChangeRole,
  CloseSession,
  ConfirmationRenewed,
  ConfirmationRequested,
  ConfirmEmail,
  ConfirmEmailChange,
  ConfirmPhone,
  CreateUser,
  DeleteAccount,
  EmailChanged,
  EmailChangeRequested,
  EmailChangeWithdrawn,
  EmailConfirmed,
  EndSessions,
  InvitationCreated,
  InvitationWithdrawn,
  InvitePerson,
  LoggedIn,
  LoggedOut,
  NameChanged,
  NoteAddressReveal,
  OpenSession,
  PasskeyAdded,
  PasskeyDemandSet,
  PasskeyRemoved,
  PasskeyRenamed,
  PasswordChanged,
  PasswordResetRequested,
  PhoneChanged,
  PhoneChangeRequested,
  PurgeExpired,
  RemovePasskey,
  RemovePhone,
  RenamePasskey,
  RenewConfirmation,
  RequestConfirmation,
  RequestEmailChange,
  RequestPasswordReset,
  RequestPhoneChange,
  ResetPassword,
  RoleChanged,
  SessionsEnded,
  SetPasskeyDemand,
  UserAccountCreated,
  WithdrawEmailChange,
  WithdrawInvitation,
} from './messages.ts'

export { emailKeyOf } from './model/email-address.ts'
export { accountByPassword } from './password-again.ts'
export { accountsTables } from './personal-tables.ts'
export { createSessions } from './sessions.ts'

export interface AccountsOptions {
  clock: Clock
  /** Makes the very first account an operator, so that a first run needs no configuration. */
  firstAccountIsOperator: boolean
  /** Whoever has confirmed one of these addresses is an operator, whatever role is stored. */
  operatorEmails: readonly string[]
  /** Has a part in the hashes of codes. */
  secret: string
  keys: Pick<PersonKeyStore, 'withdraw'>
}

export function createAccountsModule(options: AccountsOptions): Module {
  const parts = { ...options, codes: createCodes(options.secret) }
  return {
    name: 'accounts',
    messages: [
      ...[CreateUser, UserAccountCreated],
      ...[RenewConfirmation, ConfirmationRenewed, RequestConfirmation, ConfirmationRequested],
      ...[ConfirmEmail, EmailConfirmed],
      ...[RequestPasswordReset, PasswordResetRequested, ResetPassword, ChangePassword, PasswordChanged],
      ...[ChangeName, NameChanged],
      ...[RequestEmailChange, EmailChangeRequested, WithdrawEmailChange, EmailChangeWithdrawn],
      ...[ConfirmEmailChange, EmailChanged],
      ...[RequestPhoneChange, PhoneChangeRequested, ConfirmPhone, RemovePhone, PhoneChanged],
      ...[OpenSession, LoggedIn, CloseSession, LoggedOut, EndSessions, SessionsEnded, PurgeExpired],
      ...[InvitePerson, InvitationCreated, WithdrawInvitation, InvitationWithdrawn, ChangeRole, RoleChanged],
      ...[NoteAddressReveal, AddressRevealed],
      ...[AddPasskey, PasskeyAdded, RenamePasskey, PasskeyRenamed, RemovePasskey, PasskeyRemoved],
      ...[SetPasskeyDemand, PasskeyDemandSet],
      ...[DeleteAccount, AccountDeleted],
    ],
    subscriptions: [
      createUserHandler(parts),
      ...[renewConfirmation, requestConfirmationHandler(parts), confirmEmailHandler(parts)],
      ...[requestPasswordResetHandler(parts), resetPasswordHandler(parts), changePasswordHandler(parts)],
      ...[changeName, requestEmailChangeHandler(parts), withdrawEmailChange, confirmEmailChangeHandler(parts)],
      ...[requestPhoneChangeHandler(parts), confirmPhoneHandler(parts), removePhoneHandler(parts)],
      ...[openSession, closeSession, endSessionsHandler, purgeExpiredHandler()],
      ...[invitePersonHandler(parts), withdrawInvitation, changeRoleHandler(parts)],
      noteAddressReveal,
      ...passkeyHandlers,
      setPasskeyDemandHandler(parts),
      deleteAccountHandler(parts),
    ],
    recurring: [
      recurring('accounts.nightly-purge', { cron: '30 3 * * *', timeZone: 'UTC' }, PurgeExpired, (dueAt) => ({
        expiredBy: dueAt.toISOString(),
      })),
    ],
  }
}
