import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { BusError } from './errors.ts'
import type { Sealer } from './ports.ts'

const PREFIX = 'sealed:v1:'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Seals with AES-256-GCM under a key derived from `secret`; every seal of the same text differs. */
export function createSealer(secret: string): Sealer {
  const key = derive(secret, 'waybill secret fields')
  return {
    installationKey: derive(secret, 'waybill personal fields of nobody'),
    seal: (text) => {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return PREFIX + sealed.toString('base64url')
    },
    open: (sealed) => {
      if (!sealed.startsWith(PREFIX)) throw new BusError('unsealable', 'A secret field was stored unsealed.')
      const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new BusError('unsealable', 'A sealed field cannot be opened: it was sealed with another APP_SECRET.', {
          cause,
        })
      }
    },
  }
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
}
