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
    const { userId, email, role, invitedBy, language } = command
    const emailKey = emailKeyOf(email)
    if (await isEmailTaken(tx, emailKey)) return { outcome: 'has-account' as const }
    const invitationToken = newToken()
    const expiresAt = validUntil(clock.now(), 'invitation')
    const tokenHash = hashToken(invitationToken)
    await replaceInvitation(tx, { id: userId, email, emailKey, role, tokenHash, invitedBy, expiresAt })
    const invitation = { email, role, invitationToken, invitedBy, ...(language && { language }) }
    publish(InvitationCreated, { userId, ...invitation, validUntil: expiresAt.toISOString() })
    return { outcome: 'invited' as const }
  })
}
