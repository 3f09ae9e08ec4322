/** Accounts: who people are, and how they get in. Knows nothing of e-mail. */
import { type Clock, type Module, recurring } from '../../bus/index.ts'
import { confirmEmailHandler } from './handlers/confirm-email.ts'
import { createUserHandler } from './handlers/create-user.ts'
import { passkeyHandlers } from './handlers/passkeys.ts'
import { purgeExpiredHandler } from './handlers/purge-expired.ts'
import { renewConfirmation } from './handlers/renew-confirmation.ts'
import {
  AddPasskey,
  ConfirmationRenewed,
  ConfirmationRequested,
  ConfirmEmail,
  CreateUser,
  EmailChanged,
  EmailChangeRequested,
  EmailConfirmed,
  InvitationCreated,
  InvitationWithdrawn,
  NameChanged,
  PasskeyAdded,
  PasskeyRemoved,
  PasskeyRenamed,
  PasswordChanged,
  PasswordResetRequested,
  PhoneChanged,
  PhoneChangeRequested,
  PurgeExpired,
  RemovePasskey,
  RenamePasskey,
  RenewConfirmation,
  RoleChanged,
  SessionsEnded,
  UserAccountCreated,
} from './messages.ts'

export { emailKeyOf } from './model/email-address.ts'
export { accountsTables } from './personal-tables.ts'
export { createSessions } from './sessions.ts'

export interface AccountsOptions {
  clock: Clock
  /** Makes the very first account an operator, so that a first run needs no configuration. */
  firstAccountIsOperator: boolean
}

export function createAccountsModule(options: AccountsOptions): Module {
  return {
    name: 'accounts',
    messages: [
      ...[CreateUser, UserAccountCreated],
      ...[RenewConfirmation, ConfirmationRenewed, ConfirmationRequested, ConfirmEmail, EmailConfirmed],
      ...[PasswordResetRequested, PasswordChanged],
      ...[NameChanged, EmailChangeRequested, EmailChanged, PhoneChangeRequested, PhoneChanged],
      ...[SessionsEnded, PurgeExpired],
      ...[InvitationCreated, InvitationWithdrawn, RoleChanged],
      ...[AddPasskey, PasskeyAdded, RenamePasskey, PasskeyRenamed, RemovePasskey, PasskeyRemoved],
    ],
    subscriptions: [
      createUserHandler(options),
      renewConfirmation,
      confirmEmailHandler(options),
      purgeExpiredHandler(),
      ...passkeyHandlers,
    ],
    recurring: [
      recurring('accounts.nightly-purge', { cron: '30 3 * * *', timeZone: 'UTC' }, PurgeExpired, (dueAt) => ({
        expiredBy: dueAt.toISOString(),
      })),
    ],
  }
}
