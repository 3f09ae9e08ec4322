import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { createSealer } from './sealing.ts'

const SECRET = 'a secret for tests only, 32 characters'
const sealer = createSealer(SECRET)
const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', SECRET, '', purpose, 32))
const bytesOf = (sealed: string) => Buffer.from(sealed.slice('sealed:v1:'.length), 'base64url')

it('seals with AES-256-GCM, under a key of 256 bits that HKDF-SHA-256 makes of the secret', () => {
  const bytes = bytesOf(sealer.seal('a token'))
  const key = keyFor('waybill secret fields')
  expect(key).toHaveLength(32)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(-16))
  const opened = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
  expect(opened.toString('utf8')).toBe('a token')
})

it('uses no nonce twice', () => {
  const nonces = Array.from({ length: 1_000 }, () => bytesOf(sealer.seal('the same')).subarray(0, 12).toString('hex'))
  expect(new Set(nonces).size).toBe(1_000)
})

it('opens nothing in which one bit was changed, wherever it is', () => {
  const bytes = bytesOf(sealer.seal('a token'))
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    expect(() => sealer.open(`sealed:v1:${changed.toString('base64url')}`)).toThrow('cannot be opened')
  }
})

it('opens nothing that was sealed with another secret, or says itself how it is to be opened', () => {
  const foreign = createSealer('another secret for tests, 32 characters').seal('a token')
  expect(() => sealer.open(foreign)).toThrow('another APP_SECRET')
  for (const text of ['a token', 'none:a token', 'eyJhbGciOiJub25lIn0.e30.'])
    expect(() => sealer.open(text)).toThrow('stored unsealed')
})

it('finds by HMAC-SHA-256, under a key of its own', () => {
  const [found] = sealer.hashes('anna@example.com')
  const expected = createHmac('sha256', keyFor('waybill look-ups')).update('anna@example.com').digest('base64url')
  expect(found).toBe(`hash:v1:${expected}`)
  expect(Buffer.from(expected, 'base64url')).toHaveLength(32)
})
