/** Insights: counts sign-ups and confirmations per day (UTC). */
import { type Module, subscribe, subscribeBatch } from '../../bus/index.ts'
import { EmailConfirmed, UserAccountCreated } from '../accounts/messages.ts'
import { countConfirmation, countSignUps } from './store.ts'

/**
 * Local work: what fails for a moment is worth a quick second try. Gives up after about ten seconds, and waits for
 * nothing outside that could come back.
 */
const OPTIONS = { retry: { firstDelayMs: 500, factor: 1.8 }, outage: null }

export function createInsightsModule(): Module {
  return {
    name: 'insights',
    messages: [],
    subscriptions: [
      subscribeBatch(
        UserAccountCreated,
        'insights.count-sign-up',
        { ...OPTIONS, batch: { maxSize: 100 } },
        (signUps, { tx }) =>
          countSignUps(
            tx,
            signUps.map((each) => each.envelope.occurredAt),
          ),
      ),
      subscribe(EmailConfirmed, 'insights.count-confirmation', {}, (_, { tx, envelope }) =>
        countConfirmation(tx, envelope.occurredAt),
      ),
    ],
  }
}
