import { expect, test } from 'vitest'
import { hashPassword, isPassword, needsRehash, pretendToCheck } from './password.ts'

test('a password is known again by argon2id, with its parameters, and no other one is', async () => {
  const hash = await hashPassword('korrektes Pferd')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(hash).not.toBe(await hashPassword('korrektes Pferd'))
  expect(await isPassword('korrektes Pferd', hash)).toBe(true)
  expect(await isPassword('Korrektes Pferd', hash)).toBe(false)
  expect(await pretendToCheck('korrektes Pferd')).toBe(false)
})

test('the same letters are the same password, whichever keyboard wrote them', async () => {
  expect(await isPassword('ma\u0308rchenhaft', await hashPassword('m\u00e4rchenhaft'))).toBe(true)
})

test('a hash is due for a new one when it was made with other parameters', async () => {
  expect(needsRehash(await hashPassword('korrektes Pferd'))).toBe(false)
  expect(needsRehash('$argon2id$v=19$m=8192,t=2,p=1$c29tZXNhbHQ$aGFzaA')).toBe(true)
  expect(needsRehash('$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA')).toBe(true)
})
