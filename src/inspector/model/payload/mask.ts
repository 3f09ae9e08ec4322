import { isRecord } from './exact-json.ts'

const WORDS = {
  personal: 'personal data, masked',
  secret: 'secret, sealed',
  erased: 'erased with its person',
  unknown: 'not known to this build, masked',
} as const

type Mask = keyof typeof WORDS

/** Why a value is not shown; null where it is. */
export function maskOf(value: unknown): string | null {
  if (!isRecord(value) || Object.keys(value).length !== 1) return null
  const { masked } = value
  return typeof masked === 'string' && Object.hasOwn(WORDS, masked) ? WORDS[masked as Mask] : null
}

/** What stands in copies in place of what is masked. */
export const MASK = '••••'
