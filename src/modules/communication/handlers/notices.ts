/** What accounts tells, told to the person by letter or text. */
import { type Subscription, subscribe } from '../../../bus/index.ts'
import {
  AccountDeleted,
  ConfirmationRequested,
  EmailChanged,
  EmailChangeRequested,
  InvitationCreated,
  PasskeyAdded,
  PasskeyRemoved,
  PasswordChanged,
  PasswordResetRequested,
  PhoneChanged,
  PhoneChangeRequested,
  RoleChanged,
} from '../../accounts/messages.ts'
import { localeOf } from '../model/letters.ts'
import { deleteRecipient, moveRecipient } from '../store.ts'
import { tellPerson } from './tell-person.ts'

export const notices: readonly Subscription[] = [
  subscribe(ConfirmationRequested, 'communication.decide-new-confirmation', {}, async (event, context) => {
    const { confirmationToken: token, ...person } = event
    await tellPerson({ ...person, kind: 'confirmation', token }, context)
  }),
  subscribe(PasswordResetRequested, 'communication.decide-password-reset', {}, async (event, context) => {
    const { resetToken: token, ...person } = event
    await tellPerson({ ...person, kind: 'password-reset', token }, context)
  }),
  subscribe(PasswordChanged, 'communication.decide-password-notice', {}, async (event, context) => {
    const { userId, name, email, passkeys } = event
    await tellPerson(
      { userId, name, email, kind: 'password-changed', ...(passkeys && { details: { passkeys } }) },
      context,
    )
  }),
  subscribe(EmailChangeRequested, 'communication.decide-email-change', {}, async (event, context) => {
    const { userId, name, email, previousEmail, confirmationToken: token, validUntil } = event
    await tellPerson({ userId, name, email, kind: 'email-change', token, validUntil }, context)
    const details = { newEmail: email }
    await tellPerson({ userId, name, email: previousEmail, kind: 'email-change-notice', details }, context)
  }),
  subscribe(EmailChanged, 'communication.decide-email-changed', {}, async (event, context) => {
    const { userId, name, email, previousEmail } = event
    await tellPerson(
      { userId, name, email: previousEmail, kind: 'email-changed', details: { newEmail: email } },
      context,
    )
    const emailConfirmedAt = new Date(context.envelope.occurredAt)
    await moveRecipient(context.tx, userId, { name, email, emailConfirmedAt })
  }),
  subscribe(PhoneChangeRequested, 'communication.decide-phone-code', {}, async (event, context) => {
    const { userId, phone, code: token, validUntil } = event
    await tellPerson({ userId, phone, kind: 'phone-code', token, validUntil }, context)
  }),
  subscribe(PhoneChanged, 'communication.decide-phone-notice', {}, async (event, context) => {
    const { userId, phone, previousPhone, how } = event
    const phoneChange = how ?? (phone === null ? 'removed' : 'changed')
    const details = { phoneChange, ...(phone !== null && { phone }) }
    await tellPerson({ userId, kind: 'phone-changed', details }, context)
    if (previousPhone) await tellPerson({ userId, kind: 'phone-changed-notice', phone: previousPhone }, context)
  }),
  subscribe(RoleChanged, 'communication.decide-role-notice', {}, async ({ userId, role }, context) => {
    await tellPerson({ userId, kind: 'role-changed', details: { role } }, context)
  }),
  subscribe(PasskeyAdded, 'communication.decide-passkey-added', {}, async ({ userId, label }, context) => {
    await tellPerson({ userId, kind: 'passkey-added', details: { label } }, context)
  }),
  subscribe(PasskeyRemoved, 'communication.decide-passkey-removed', {}, async ({ userId, label }, context) => {
    await tellPerson({ userId, kind: 'passkey-removed', details: { label } }, context)
  }),
  // The last letter, in the language that is forgotten with the rest.
  subscribe(AccountDeleted, 'communication.forget-person', {}, async ({ userId, name, email }, context) => {
    await tellPerson({ userId, name, email, kind: 'account-deleted' }, context)
    await deleteRecipient(context.tx, userId)
  }),
  subscribe(InvitationCreated, 'communication.decide-invitation', {}, async (event, context) => {
    const { userId, email, role, invitationToken: token, validUntil, language } = event
    const locale = localeOf(language)
    await tellPerson({ userId, email, locale, kind: 'invitation', token, validUntil, details: { role } }, context)
  }),
]
