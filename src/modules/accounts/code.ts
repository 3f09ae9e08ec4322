import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { deriveKey } from '../../bus/index.ts'

const DIGITS = 6

/** Codes that people read in a text message and type in. */
export interface Codes {
  newCode(): string
  /** What is stored of a code. `of` is the id of what it confirms: the same code of two requests has two hashes. */
  hash(of: string, code: string): string
  /** Takes as long for a code that is nearly right as for any other. */
  isCode(of: string, code: string, hash: string): boolean
}

/** Six digits alone could be found by trying all of them against their hash: `secret` has a part in it. */
export function createCodes(secret: string): Codes {
  const key = deriveKey(secret, 'waybill codes')
  const hash = (of: string, code: string) => createHmac('sha256', key).update(`${of}:${code}`).digest('base64url')
  return {
    newCode: () => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0'),
    hash,
    isCode: (of, code, stored) => {
      const [a, b] = [Buffer.from(hash(of, code)), Buffer.from(stored)]
      return a.length === b.length && timingSafeEqual(a, b)
    },
  }
}
