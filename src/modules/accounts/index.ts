/** Accounts: who people are, and how they get in. Knows nothing of e-mail. */
import { type Clock, type Module, recurring } from '../../bus/index.ts'
import { confirmEmailHandler } from './handlers/confirm-email.ts'
import { createUserHandler } from './handlers/create-user.ts'
import { purgeExpiredHandler } from './handlers/purge-expired.ts'
import { renewConfirmation } from './handlers/renew-confirmation.ts'
import {
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
  PasswordChanged,
  PasswordResetRequested,
  PhoneChanged,
  PhoneChangeRequested,
  PurgeExpired,
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
    ],
    subscriptions: [createUserHandler(options), renewConfirmation, confirmEmailHandler(options), purgeExpiredHandler()],
    recurring: [
      recurring('accounts.nightly-purge', { cron: '30 3 * * *', timeZone: 'UTC' }, PurgeExpired, (dueAt) => ({
        expiredBy: dueAt.toISOString(),
      })),
    ],
  }
}
