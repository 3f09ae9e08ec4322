/** Registration: knows when a sign-up is complete, reminds, and gives up. Nobody else has to know of it. */
import { type Module, type ProcessDefinition, type ProcessStore, subscriptionsOf } from '../../bus/index.ts'
import { RegistrationCompleted, RegistrationExpired } from './messages.ts'
import { defineSignUp, type SignUpDelays } from './sign-up.ts'

export interface RegistrationOptions {
  processes: ProcessStore
  delays: SignUpDelays
}

export function createRegistrationModule({
  processes,
  delays,
}: RegistrationOptions): Module & { processes: ProcessDefinition[] } {
  const signUp = defineSignUp(delays)
  return {
    name: 'registration',
    messages: [RegistrationCompleted, RegistrationExpired, signUp.timeOut],
    subscriptions: subscriptionsOf(signUp, processes),
    processes: [signUp],
  }
}
