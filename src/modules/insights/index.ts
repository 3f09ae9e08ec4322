/** Insights: counts sign-ups and confirmations per day (UTC). */
import { type Module, subscribe } from '../../bus/index.ts'
import { EmailConfirmed, UserAccountCreated } from '../accounts/messages.ts'
import { countUp } from './store.ts'

export function createInsightsModule(): Module {
  return {
    name: 'insights',
    messages: [],
    subscriptions: [
      subscribe(UserAccountCreated, 'insights.count-sign-up', {}, (_, { tx, envelope }) =>
        countUp(tx, envelope.occurredAt, 'sign_ups'),
      ),
      subscribe(EmailConfirmed, 'insights.count-confirmation', {}, (_, { tx, envelope }) =>
        countUp(tx, envelope.occurredAt, 'confirmed'),
      ),
    ],
  }
}
