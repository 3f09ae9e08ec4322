/** AES-256-GCM of texts. A key is an object: where it is bare bytes, Node makes one of them each time, which takes longest. */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { drawRandom } from './random-pool.ts'

const IV_BYTES = 12
const TAG_BYTES = 16
export const KEY_BYTES = 32

/** The key of `secret` for one purpose. */
export function deriveKey(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES)))
}

/** In base64url; every time another one. */
export function encryptText(key: KeyObject, text: string): string {
  const iv = drawRandom(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** @throws Error where it was encrypted with another key, or is not as it was. */
export function decryptText(key: KeyObject, encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
}
