import { type Subscription, subscribe } from '../../../bus/index.ts'
import { UserAccountCreated } from '../../accounts/messages.ts'
import { SendConfirmationEmail } from '../messages.ts'
import { localeOf } from '../model/letters.ts'
import { isTimeZone } from '../model/quiet-hours.ts'
import { insertRecipient, UNCHOSEN } from '../store.ts'

/**
 * Every new account is asked to confirm its address, at once: no rule holds that back. Not so who came by a link that
 * was sent there. From now on the person is known.
 */
export const decideConfirmationEmail: Subscription = subscribe(
  UserAccountCreated,
  'communication.decide-confirmation-email',
  {},
  async (account, { tx, envelope, send }) => {
    const { userId, name, email, phone, confirmationToken, language, timeZone = '', emailConfirmed = false } = account
    const locale = localeOf(language)
    const zone = isTimeZone(timeZone) ? timeZone : UNCHOSEN.timeZone
    const emailConfirmedAt = emailConfirmed ? new Date(envelope.occurredAt) : null
    await insertRecipient(tx, { userId, name, email, emailConfirmedAt, phone, locale, timeZone: zone })
    if (!emailConfirmed) send(SendConfirmationEmail, { userId, name, email, confirmationToken, locale })
  },
)
