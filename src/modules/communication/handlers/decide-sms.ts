import { type Subscription, subscribe } from '../../../bus/index.ts'
import { UserAccountCreated } from '../../accounts/messages.ts'
import { localeOf } from '../model/letters.ts'
import { whyNoWelcomeSms } from '../model/rules.ts'
import { tellPerson } from './tell-person.ts'

/** A new account with a phone number is welcomed by a text. */
export const decideSms: Subscription = subscribe(
  UserAccountCreated,
  'communication.decide-sms',
  { skip: whyNoWelcomeSms },
  async ({ userId, name, phone, language }, context) => {
    await tellPerson({ userId, kind: 'welcome', name, phone, locale: localeOf(language) }, context)
  },
)
