import { handle, type Subscription } from '../../../bus/index.ts'
import { EmailChangeWithdrawn, WithdrawEmailChange } from '../messages.ts'
import { deletePendingEmailChange } from '../store/email-changes.ts'
import { WAITED_FOR } from './waited-for.ts'

export const withdrawEmailChange: Subscription = handle(
  WithdrawEmailChange,
  WAITED_FOR,
  async function withdrawChangeOfEmail({ userId }, { tx, publish }) {
    if (!(await deletePendingEmailChange(tx, userId))) return { outcome: 'none' as const }
    publish(EmailChangeWithdrawn, { userId })
    return { outcome: 'withdrawn' as const }
  },
)
