import { type Subscription, subscribe } from '../../../bus/index.ts'
import { UserAccountCreated } from '../../accounts/messages.ts'
import { SendSms } from '../messages.ts'
import { welcomeSms, whyNoWelcomeSms } from '../model/rules.ts'

/** A new account with a phone number is welcomed by a text. */
export const decideSms: Subscription = subscribe(
  UserAccountCreated,
  'communication.decide-sms',
  { skip: whyNoWelcomeSms },
  async ({ userId, name, phone }, { send }) => {
    if (phone !== null) send(SendSms, { userId, phone, text: welcomeSms(name) })
  },
)
