import type { TRPCError } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commonnessOf, refuseCommonPassword } from './common-passwords.ts'

const anna = { name: 'Anna-Lena Berg', email: 'berg.anna@Example.com' }

describe('a password', () => {
  it.each([
    '1234567890',
    'qwertyuiop',
    'Password123',
    'BASKETBALL',
    'basketball!!',
    '2024manchester',
    'Passw\uff4frd1',
    '!1234567890!',
  ])('%s is refused: very many people have it', async (password) => {
    expect(await commonnessOf(password, anna)).toMatch(/^Very many people use this password/)
  })

  it.each(['aaaaaaaaaaaa', 'abababababab', '............'])(
    '%s is refused: it is as good as none',
    async (password) => {
      expect(await commonnessOf(password, anna)).not.toBeNull()
    },
  )

  it.each([
    'anna-lena berg',
    'AnnaLenaBerg1990',
    'berg.anna2024',
    'berg.anna@example.com',
    'waybill-waybill',
    'Berg@Waybill2026!',
  ])('%s is refused: it is made of her own name, address, or that of the site', async (password) => {
    expect(await commonnessOf(password, anna)).toMatch(/^That is made of your name, your address/)
  })

  it.each([
    'correct horse battery',
    'Anna likes waybills',
    'a long enough password',
    'xK9-plumage-29',
    'M\u00e4rchen im Winterwald',
    '\u{1f600}\u{1f601}\u{1f602}\u{1f603}',
  ])('%s is fine', async (password) => {
    expect(await commonnessOf(password, anna)).toBeNull()
  })

  it('is refused beside its field', async () => {
    const refusal = await refuseCommonPassword('password123', anna, 'newPassword').catch((error: unknown) => error)
    expect((refusal as TRPCError).code).toBe('BAD_REQUEST')
    expect(z.flattenError((refusal as TRPCError).cause as z.ZodError).fieldErrors).toHaveProperty('newPassword')
  })
})
