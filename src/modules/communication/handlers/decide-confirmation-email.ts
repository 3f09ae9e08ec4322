import { type Subscription, subscribe } from '../../../bus/index.ts'
import { UserAccountCreated } from '../../accounts/messages.ts'
import { SendConfirmationEmail } from '../messages.ts'

/** Every new account is asked to confirm its address. */
export const decideConfirmationEmail: Subscription = subscribe(
  UserAccountCreated,
  'communication.decide-confirmation-email',
  {},
  async ({ userId, name, email, confirmationToken }, { send }) => {
    send(SendConfirmationEmail, { userId, name, email, confirmationToken })
  },
)
