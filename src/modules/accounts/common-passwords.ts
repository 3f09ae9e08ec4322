import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { emailKeyOf } from './model/email-address.ts'

/** Whose password it is to be: what everybody knows of them is no secret. */
interface Person {
  name: string
  email: string
}

let known: Promise<ReadonlySet<string>> | undefined

/**
 * Refuses a password that is among the commonest of leaked ones, alone or between digits and signs, or that is the
 * person's own name or address, or that of this site, or made of their words.
 *
 * @param field of the form, for its words to stand beside
 * @throws TRPCError BAD_REQUEST with the field's error
 */
export async function refuseCommonPassword(password: string, person: Person, field = 'password'): Promise<void> {
  const problem = await commonnessOf(password, person)
  if (!problem) return
  const cause = new z.ZodRealError([{ code: 'custom', path: [field], message: problem, input: undefined }])
  throw new TRPCError({ code: 'BAD_REQUEST', message: problem, cause })
}

/** Why others would try it early, in words; null when they would not. */
export async function commonnessOf(password: string, { name, email }: Person): Promise<string | null> {
  const typed = password.normalize('NFKC').toLowerCase()
  const core = typed.replace(BETWEEN_DIGITS_AND_SIGNS, '$1')
  known ??= loadKnown()
  const common = await known
  if ([typed, core, digitsOf(typed)].some((each) => common.has(each)) || isOneLetter(typed)) return COMMON
  const [mailbox = '', ...domain] = emailKeyOf(email).split('@')
  const own = [name.normalize('NFKC').toLowerCase(), mailbox, ...domain]
  return isMadeOf([...own, ...own.flatMap(wordsOf), PRODUCT], lettersOf(core)) ? OWN : null
}

/** Everybody who looks at the log-in page knows it. */
const PRODUCT = 'waybill'

const COMMON =
  'Very many people use this password, so it is tried first. Please choose another one: a few words make a good one.'
const OWN =
  'That is made of your name, your address or the name of this site. Please choose something that others do not know.'
const BETWEEN_DIGITS_AND_SIGNS = /^[^\p{L}]*(.*?)[^\p{L}]*$/su

/** Of leaked passwords the commonest 49,000, which come with the estimator of strength. */
async function loadKnown(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

function isOneLetter(text: string): boolean {
  return new Set(text).size < 3
}

/** What is left of a number between signs; nothing where there is more to it. */
function digitsOf(text: string): string {
  return /\p{L}/u.test(text) ? '' : text.replace(/\D/g, '')
}

/** Whether nothing is left without them. */
function isMadeOf(texts: readonly string[], letters: string): boolean {
  const longestFirst = texts.map(lettersOf).filter((each) => each.length >= SHORTEST_WORD)
  longestFirst.sort((a, b) => b.length - a.length)
  return letters !== '' && longestFirst.reduce((left, each) => left.replaceAll(each, ''), letters) === ''
}

/** With shorter ones every password could be made. */
const SHORTEST_WORD = 3

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}]+/u)
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}]/gu, '')
}
