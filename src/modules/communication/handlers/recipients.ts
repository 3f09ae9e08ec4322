/** Keeps what is known of people as they are now. */
import { type Subscription, subscribe } from '../../../bus/index.ts'
import { EmailConfirmed, NameChanged, PhoneChanged } from '../../accounts/messages.ts'
import { EmailBounced, SmsRejected } from '../messages.ts'
import { liftEmailSuppression, noteEmailConfirmed, renameRecipient, setRecipientPhone, suppress } from '../store.ts'

export const recipientChanges: readonly Subscription[] = [
  subscribe(NameChanged, 'communication.keep-name', {}, ({ userId, name }, { tx }) =>
    renameRecipient(tx, userId, name),
  ),
  subscribe(PhoneChanged, 'communication.keep-phone', {}, ({ userId, phone }, { tx, envelope }) =>
    setRecipientPhone(tx, userId, phone, new Date(envelope.occurredAt)),
  ),
  // Mail is read there: what came back before was not for good.
  subscribe(EmailConfirmed, 'communication.lift-suppression', {}, ({ userId }, { tx }) =>
    liftEmailSuppression(tx, userId),
  ),
  subscribe(EmailConfirmed, 'communication.keep-confirmation', {}, ({ userId }, { tx, envelope }) =>
    noteEmailConfirmed(tx, userId, new Date(envelope.occurredAt)),
  ),
  subscribe(EmailBounced, 'communication.suppress-email', {}, ({ userId, email, answer }, { tx, envelope }) =>
    suppress(tx, 'email', { userId, address: email, answer, at: new Date(envelope.occurredAt) }),
  ),
  subscribe(SmsRejected, 'communication.suppress-phone', {}, ({ userId, phone, answer }, { tx, envelope }) =>
    suppress(tx, 'sms', { userId, address: phone, answer, at: new Date(envelope.occurredAt) }),
  ),
]
