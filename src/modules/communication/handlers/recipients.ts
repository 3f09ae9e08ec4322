/** Keeps what is known of people as they are now. */
import { type Subscription, subscribe } from '../../../bus/index.ts'
import { EmailConfirmed, NameChanged, PhoneChanged } from '../../accounts/messages.ts'
import { EmailBounced, SmsRejected } from '../messages.ts'
import { endReminders, liftEmailSuppression, renameRecipient, setRecipientPhone, suppress } from '../store.ts'

export const recipientChanges: readonly Subscription[] = [
  subscribe(NameChanged, 'communication.keep-name', {}, ({ userId, name }, { tx }) =>
    renameRecipient(tx, userId, name),
  ),
  subscribe(PhoneChanged, 'communication.keep-phone', {}, ({ userId, phone }, { tx }) =>
    setRecipientPhone(tx, userId, phone),
  ),
  // Mail is read there: what came back before was not for good.
  subscribe(EmailConfirmed, 'communication.lift-suppression', {}, async ({ userId }, { tx, clock }) => {
    await liftEmailSuppression(tx, userId)
    await endReminders(tx, userId, clock.now())
  }),
  subscribe(EmailBounced, 'communication.suppress-email', {}, ({ userId, email, answer }, { tx, envelope }) =>
    suppress(tx, 'email', { userId, address: email, answer, at: new Date(envelope.occurredAt) }),
  ),
  subscribe(SmsRejected, 'communication.suppress-phone', {}, ({ userId, phone, answer }, { tx, envelope }) =>
    suppress(tx, 'sms', { userId, address: phone, answer, at: new Date(envelope.occurredAt) }),
  ),
]
