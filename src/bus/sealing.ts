import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { BusError } from './errors.ts'
import type { Sealer } from './ports.ts'

const PREFIX = 'sealed:v1:'
const IV_BYTES = 12
const TAG_BYTES = 16

const HASH_PREFIX = 'hash:v1:'

/**
 * Seals with AES-256-GCM under a key derived from `secret`; every seal of the same text differs. What was sealed with
 * the `previous` secret is opened as well, so that the secret can be changed while the app runs.
 */
export function createSealer(secret: string, previous: string | null = null): Sealer {
  const secrets = previous === null ? [secret] : [secret, previous]
  const keys = secrets.map((each) => derive(each, 'waybill secret fields'))
  const hashKeys = secrets.map((each) => derive(each, 'waybill look-ups'))
  const sealer: Sealer = {
    reseal: (sealed) => {
      try {
        open(keys[0]!, bytesOf(sealed))
        return null
      } catch {
        return sealer.seal(sealer.open(sealed))
      }
    },
    installationKeys: secrets.map((each) => derive(each, 'waybill personal fields of nobody')),
    hashes: (text) =>
      hashKeys.map((key) => HASH_PREFIX + createHmac('sha256', key).update(text, 'utf8').digest('base64url')),
    seal: (text) => {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keys[0]!, iv)
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return PREFIX + sealed.toString('base64url')
    },
    open: (sealed) => {
      if (!sealed.startsWith(PREFIX)) throw new BusError('unsealable', 'A secret field was stored unsealed.')
      const bytes = bytesOf(sealed)
      let problem: unknown
      for (const key of keys) {
        try {
          return open(key, bytes)
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

function bytesOf(sealed: string): Buffer {
  return Buffer.from(sealed.slice(PREFIX.length), 'base64url')
}

/** Whether a text was sealed as a secret; somebody's own text may look the same, and does not open. */
export function isSealedSecret(text: string): boolean {
  return text.startsWith(PREFIX)
}

/** Whether a look-up column holds a keyed hash. */
export function isHash(text: string): boolean {
  return text.startsWith(HASH_PREFIX)
}

function open(key: Buffer, bytes: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
}
