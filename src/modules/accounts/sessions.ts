import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { type Clock, newId } from '../../bus/index.ts'
import type { CurrentSession, UserRole, WayIn } from '../../web/trpc/init.ts'
import { roleOf } from './model/role.ts'
import { wayInOf } from './model/ways-in.ts'
import { isPasskeyDemandedOf } from './store/passkey-demand.ts'
import {
  deleteSession,
  findLivingSessions,
  findSession,
  insertSession,
  type NewSession,
  touchSession,
} from './store.ts'
import { hashToken, newToken } from './token.ts'

export const SESSION_SECONDS = 30 * 24 * 60 * 60
const TOUCH_AFTER_MS = 60_000

export interface Sessions {
  /** A session that somebody stores. The token is for the cookie; it is stored nowhere. */
  prepare(userAgent: string | null): { token: string; session: NewSession }
  /** Another one for somebody who is in already. Whoever logs in is let in by a command. */
  open(userId: string, userAgent: string | null, openedBy: WayIn): Promise<{ token: string }>
  /** Who holds the token, or null when it is unknown or has expired. */
  find(token: string): Promise<CurrentSession | null>
  /** Of the given sessions those that still hold. */
  findLiving(sessionIds: readonly string[]): Promise<string[]>
  /** At once, without a word to anybody but whoever follows. */
  close(sessionId: string): Promise<void>
  /** Tells whoever follows of sessions that were ended by a command: their rows are gone already. */
  tellClosed(sessionIds: readonly string[]): void
  /** Tells of every session that is closed on this node. */
  onClosed(listener: (sessionId: string) => void): void
}

interface Parts {
  prisma: PrismaClient
  clock: Clock
  operatorEmails: readonly string[]
}

export function createSessions({ prisma, clock, operatorEmails }: Parts): Sessions {
  const listeners: ((sessionId: string) => void)[] = []
  const tellClosed = (sessionIds: readonly string[]) => {
    for (const sessionId of sessionIds) for (const listener of listeners) listener(sessionId)
  }
  const prepare = (userAgent: string | null) => {
    const token = newToken()
    const now = clock.now().getTime()
    const expiresAt = new Date(now + SESSION_SECONDS * 1000)
    const session = { id: newId(now), tokenHash: hashToken(token), expiresAt }
    return { token, session: { ...session, userAgent: userAgent?.slice(0, 300) ?? null } }
  }
  const rolesIn = async (role: UserRole, openedBy: WayIn) => {
    const isHeldBack = openedBy !== 'passkey' && (await isPasskeyDemandedOf(role, prisma))
    return isHeldBack ? { role: 'member' as const, roleByPasskey: role } : { role, roleByPasskey: null }
  }
  return {
    prepare,
    open: async (userId, userAgent, openedBy) => {
      const { token, session } = prepare(userAgent)
      await insertSession(prisma, userId, { ...session, openedBy })
      return { token }
    },
    find: async (token) => {
      const now = clock.now()
      const session = await findSession(prisma, hashToken(token), now)
      if (!session) return null
      if (now.getTime() - session.lastUsedAt.getTime() > TOUCH_AFTER_MS) await touchSession(prisma, session.id, now)
      const { user } = session
      const openedBy = wayInOf(session.openedBy)
      return {
        sessionId: session.id,
        expiresAt: session.expiresAt.toISOString(),
        openedBy,
        user: {
          userId: user.id,
          name: user.name,
          email: user.email,
          ...(await rolesIn(roleOf(user, operatorEmails), openedBy)),
          emailConfirmed: user.emailConfirmedAt !== null,
          signUpConversationId: user.signUpConversationId,
        },
      }
    },
    findLiving: (sessionIds) => findLivingSessions(prisma, sessionIds, clock.now()),
    close: async (sessionId) => {
      await deleteSession(prisma, sessionId)
      tellClosed([sessionId])
    },
    tellClosed,
    onClosed: (listener) => {
      listeners.push(listener)
    },
  }
}
