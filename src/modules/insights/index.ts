/** Insights: counts sign-ups and confirmations per day (UTC). */
import { type Module, subscribe } from '../../bus/index.ts'
import { EmailConfirmed, UserAccountCreated } from '../accounts/messages.ts'
import { countUp } from './store.ts'

/** Local work: what fails for a moment is worth a quick second try. Gives up after about ten seconds. */
const RETRY = { firstDelayMs: 500, factor: 1.8 }

export function createInsightsModule(): Module {
  return {
    name: 'insights',
    messages: [],
    subscriptions: [
      subscribe(UserAccountCreated, 'insights.count-sign-up', { retry: RETRY }, (_, { tx, envelope }) =>
        countUp(tx, envelope.occurredAt, 'sign_ups'),
      ),
      subscribe(EmailConfirmed, 'insights.count-confirmation', {}, (_, { tx, envelope }) =>
        countUp(tx, envelope.occurredAt, 'confirmed'),
      ),
    ],
  }
}
