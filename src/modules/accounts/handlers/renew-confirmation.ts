import { handle, type Subscription } from '../../../bus/index.ts'
import { ConfirmationRenewed, RenewConfirmation } from '../messages.ts'
import { anotherConfirmation } from './confirmation-link.ts'

/** Makes another link for an address that is not confirmed yet. */
export const renewConfirmation: Subscription = handle(
  RenewConfirmation,
  {},
  async function renewConfirmationLink({ userId, validUntil }, { tx, publish }) {
    const made = await anotherConfirmation(tx, userId, new Date(validUntil))
    if (made.outcome !== 'made') return made
    publish(ConfirmationRenewed, made.link)
    return { outcome: 'renewed' as const }
  },
)
