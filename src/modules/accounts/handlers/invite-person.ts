import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { InvitationCreated, InvitePerson } from '../messages.ts'
import { emailKeyOf } from '../model/email-address.ts'
import { validUntil } from '../model/validity.ts'
import { replaceInvitation } from '../store/invitations.ts'
import { isEmailTaken } from '../store.ts'
import { hashToken, newToken } from '../token.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Makes the link by which somebody joins in a role, with an id that is kept free for that person. */
export function invitePersonHandler({ clock }: { clock: Clock }): Subscription {
  return handle(InvitePerson, WAITED_FOR, async function invitePerson(command, { tx, publish }) {
    const { userId, email, role, invitedBy } = command
    const emailKey = emailKeyOf(email)
    if (await isEmailTaken(tx, emailKey)) return { outcome: 'has-account' as const }
    const invitationToken = newToken()
    const expiresAt = validUntil(clock.now(), 'invitation')
    const tokenHash = hashToken(invitationToken)
    await replaceInvitation(tx, { id: userId, email, emailKey, role, tokenHash, invitedBy, expiresAt })
    const until = expiresAt.toISOString()
    publish(InvitationCreated, { userId, email, role, invitationToken, invitedBy, validUntil: until })
    return { outcome: 'invited' as const }
  })
}
