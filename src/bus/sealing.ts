import { createHmac } from 'node:crypto'
import { decryptText, deriveKey, encryptText } from './cipher.ts'
import { BusError } from './errors.ts'
import type { Sealer } from './ports.ts'

const PREFIX = 'sealed:v1:'
const HASH_PREFIX = 'hash:v1:'

/**
 * Seals with AES-256-GCM under a key derived from `secret`; every seal of the same text differs. What was sealed with
 * the `previous` secret is opened as well, so that the secret can be changed while the app runs.
 */
export function createSealer(secret: string, previous: string | null = null): Sealer {
  const secrets = previous === null ? [secret] : [secret, previous]
  const keys = secrets.map((each) => deriveKey(each, 'waybill secret fields'))
  const hashKeys = secrets.map((each) => deriveKey(each, 'waybill look-ups'))
  const sealer: Sealer = {
    reseal: (sealed) => {
      try {
        decryptText(keys[0]!, encryptedOf(sealed))
        return null
      } catch {
        return sealer.seal(sealer.open(sealed))
      }
    },
    installationKeys: secrets.map((each) => deriveKey(each, 'waybill personal fields of nobody')),
    hashes: (text) =>
      hashKeys.map((key) => HASH_PREFIX + createHmac('sha256', key).update(text, 'utf8').digest('base64url')),
    seal: (text) => PREFIX + encryptText(keys[0]!, text),
    open: (sealed) => {
      if (!sealed.startsWith(PREFIX)) throw new BusError('unsealable', 'A secret field was stored unsealed.')
      let problem: unknown
      for (const key of keys) {
        try {
          return decryptText(key, encryptedOf(sealed))
        } catch (error) {
          problem = error
        }
      }
      throw new BusError('unsealable', 'A sealed field cannot be opened: it was sealed with another APP_SECRET.', {
        cause: problem,
      })
    },
  }
  return sealer
}

function encryptedOf(sealed: string): string {
  return sealed.slice(PREFIX.length)
}

/** Whether a text was sealed as a secret; somebody's own text may look the same, and does not open. */
export function isSealedSecret(text: string): boolean {
  return text.startsWith(PREFIX)
}

/** Whether a look-up column holds a keyed hash. */
export function isHash(text: string): boolean {
  return text.startsWith(HASH_PREFIX)
}
