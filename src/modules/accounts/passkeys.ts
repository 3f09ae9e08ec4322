/**
 * The two ceremonies of WebAuthn: a device makes a key pair for this site, and later signs what it is asked with it.
 * Each challenge is for one answer, good or bad, and for a few minutes.
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Clock } from '../../bus/index.ts'
import type { SignedInUser } from '../../web/trpc/init.ts'
import {
  countPasskeyUse,
  findPasskeyByCredential,
  findPasskeys,
  insertChallenge,
  takeChallenge,
} from './store/passkeys.ts'
import { hashToken } from './token.ts'

const CHALLENGE_MS = 5 * 60_000
const SITE_NAME = 'Waybill'
/** EdDSA, ES256, RS256, as COSE numbers them: what devices have. Asked for newer ones, Node warns that they are an experiment. */
const ALGORITHMS = [-8, -7, -257]

interface Parts {
  prisma: PrismaClient
  clock: Clock
  /** Its host is what passkeys are bound to: elsewhere they do not work. */
  appUrl: string
}

/** The public half of a new key pair. */
export interface NewCredential {
  credentialId: string
  publicKey: string
  counter: number
  transports: string[]
}

export type Passkeys = ReturnType<typeof createPasskeys>

export function createPasskeys({ prisma, clock, appUrl }: Parts) {
  const { hostname: rpID, origin } = new URL(appUrl)
  const remember = (challenge: string, userId: string | null) => {
    const now = clock.now()
    const expiresAt = new Date(now.getTime() + CHALLENGE_MS)
    return insertChallenge(prisma, { challengeHash: hashToken(challenge), userId, expiresAt }, now)
  }
  const take = (userId: string | null) => (challenge: string) =>
    takeChallenge(prisma, { challengeHash: hashToken(challenge), userId }, clock.now())
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true }

  return {
    /** What a browser is to be asked for a new passkey with. */
    askForNew: async ({ userId, email, name }: SignedInUser) => {
      const known = await findPasskeys(prisma, userId)
      const options = await generateRegistrationOptions({
        rpName: SITE_NAME,
        rpID,
        userID: Buffer.from(userId.replaceAll('-', ''), 'hex'),
        userName: email,
        userDisplayName: name,
        timeout: CHALLENGE_MS,
        supportedAlgorithmIDs: ALGORITHMS,
        excludeCredentials: known.map(({ credentialId: id, transports }) => ({ id, transports })),
        // Found by the device itself: whoever logs in need not say who they are.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
      await remember(options.challenge, userId)
      return options
    },

    /** The key pair that a device made for this user, or null when the answer does not hold. */
    checkNew: async (userId: string, response: RegistrationResponseJSON): Promise<NewCredential | null> => {
      const { registrationInfo } = await verifyRegistrationResponse({
        ...expected,
        response,
        expectedChallenge: take(userId),
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(() => ({ registrationInfo: undefined }))
      if (!registrationInfo) return null
      const { id, publicKey, counter } = registrationInfo.credential
      return {
        credentialId: id,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        counter,
        transports: response.response.transports ?? [],
      }
    },

    /** What a browser is to be asked for a passkey with, whoever that is. */
    askForKnown: async () => {
      const options = await generateAuthenticationOptions({ rpID, timeout: CHALLENGE_MS, userVerification: 'required' })
      await remember(options.challenge, null)
      return options
    },

    /** The id of the user whose passkey has signed, or null when the answer does not hold. */
    userBy: async (response: AuthenticationResponseJSON): Promise<string | null> => {
      const passkey = await findPasskeyByCredential(prisma, response.id)
      if (!passkey) return null
      const { credentialId: id, publicKey } = passkey
      const checked = await verifyAuthenticationResponse({
        ...expected,
        response,
        expectedChallenge: take(null),
        credential: { id, publicKey, counter: Number(passkey.counter) },
      }).catch(() => null)
      if (!checked?.verified) return null
      const isNew = await countPasskeyUse(prisma, passkey.id, checked.authenticationInfo.newCounter, clock.now())
      return isNew ? passkey.userId : null
    },
  }
}
