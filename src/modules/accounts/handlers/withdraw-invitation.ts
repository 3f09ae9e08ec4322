import { handle, type Subscription } from '../../../bus/index.ts'
import { InvitationWithdrawn, WithdrawInvitation } from '../messages.ts'
import { deleteInvitation } from '../store/invitations.ts'
import { WAITED_FOR } from './waited-for.ts'

export const withdrawInvitation: Subscription = handle(
  WithdrawInvitation,
  WAITED_FOR,
  async function withdrawInvitationOfPerson({ userId, withdrawnBy }, { tx, publish }) {
    if (!(await deleteInvitation(tx, userId))) return { outcome: 'gone' as const }
    publish(InvitationWithdrawn, { userId, withdrawnBy })
    return { outcome: 'withdrawn' as const }
  },
)
