import { handle, type Subscription } from '../../../bus/index.ts'
import { LegalHoldSet, SetLegalHold } from '../messages.ts'
import { setLegalHoldDays } from '../store.ts'

export const setLegalHold: Subscription = handle(
  SetLegalHold,
  {},
  async function setLegalHold(command, { tx, publish }) {
    await setLegalHoldDays(tx, command.days)
    publish(LegalHoldSet, command)
    return { outcome: 'set' as const }
  },
)
