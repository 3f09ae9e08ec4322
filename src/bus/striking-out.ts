/**
 * Takes what is about people out of texts that somebody else wrote: a mail server that repeats an address, a library
 * that quotes what it was given.
 */
import { spellingsOf } from './spellings.ts'

const SHORTEST = 3
const STRUCK = '••••'
/** Without the hyphen: outside a class it is a letter like others, and a Unicode pattern refuses it escaped. */
const REGEXP_SYNTAX = /[.*+?^${}()|[\]\\/]/g

/** No engine compiles a pattern of any length: of a longer value the beginning is looked for, and all after it goes. */
const LONGEST_PATTERN = 2_000

/** Whoever's it is, and wherever the handler had it from. Bounded: the text may be long. */
const ADDRESS = /[^\s@<>()[\]"',;:=&?/]{1,64}(?:@|%40)[\p{L}\p{N}.-]{1,255}\.\p{L}{2,}/giu
const PHONE_NUMBER = /\+\d[\d ().-]{6,20}\d/g

/** One way in which a value may be written. */
interface Spelling {
  /** Where this is not in the text, in small letters, there is nothing to look for: no pattern need be made. */
  needle: string
  source: string
}

/** Takes out these values, however they are written, and every e-mail address and phone number. */
export function strikingOut(hidden: readonly string[]): (text: string) => string {
  let spellings: Spelling[] | undefined
  return (text) => {
    // When something failed, not before.
    spellings ??= allSpellings([...new Set(hidden)].filter((value) => value.length >= SHORTEST))
    const lower = text.toLowerCase()
    const known = spellings.filter(({ needle }) => lower.includes(needle))
    const readable = text.replaceAll('\u0000', '\uFFFD')
    const left = known.reduce((rest, { source }) => rest.replace(new RegExp(source, 'giu'), STRUCK), readable)
    return left.replace(ADDRESS, STRUCK).replace(PHONE_NUMBER, STRUCK)
  }
}

/** Whole values before parts of them, so that of neither anything is left. */
function allSpellings(values: readonly string[]): Spelling[] {
  const whole = values.flatMap((value) => spellingsOf(value).map(asWhole))
  const others = values.flatMap((value) => [
    ...asNumber(value),
    ...asDate(value),
    ...cutShort(value),
    ...partsOf(value).flatMap((part) => spellingsOf(part).map(asWord)),
  ])
  return [...whole.sort((a, b) => b.source.length - a.source.length), ...others]
}

/** Shorter ones occur within other words. */
const SHORTEST_WITHIN = 5

function asWhole(spelling: string): Spelling {
  if (spelling.length < SHORTEST_WITHIN) return asWord(spelling)
  const begin = spelling.slice(0, LONGEST_PATTERN)
  return { needle: begin.toLowerCase(), source: escaped(begin) + (spelling.length > LONGEST_PATTERN ? '[^]*' : '') }
}

/** What comes before may be a letter of an escape: `%20Anna`, `\nAnna`, `=20Anna`. */
const BEGIN = String.raw`(?:(?<![\p{L}\p{N}])|(?<=[%=][0-9a-f]{2}|\\[nrt]|\\u[0-9a-f]{4}))`
const END = String.raw`(?![\p{L}\p{N}])`

function asWord(word: string): Spelling {
  return { needle: word.toLowerCase(), source: `${BEGIN}${escaped(word)}${END}` }
}

const MOST_PARTS = 5
const LONGEST_PART = 64

/** Of a name its words, of an address its mailbox and the words of that; of what is longer, a text, none. */
function partsOf(value: string): string[] {
  const mailbox = /^([^\s@]{3,64})@[^\s@]+$/.exec(value)?.[1]
  const words = (mailbox ?? value).split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word.length >= SHORTEST)
  if (words.some((word) => word.length > LONGEST_PART)) return []
  if (words.length > MOST_PARTS) return mailbox ? [mailbox] : []
  return [...(mailbox ? [mailbox] : []), ...words.filter((word) => /\p{L}/u.test(word))]
}

/** What people put between the digits of a number. */
const BETWEEN = String.raw`[\s().\-\u2010-\u2015/]{0,3}`
/** Without its country and its region it still is somebody's. */
const DIGITS_ENOUGH = 7

/** Grouped as anybody likes to group it, with its country or without. */
function asNumber(value: string): Spelling[] {
  const digits = /^\+?(\d{7,15})$/.exec(value.replace(/[\s().-]/g, ''))?.[1]
  if (digits === undefined) return []
  const end = digits.slice(-DIGITS_ENOUGH).split('').join(BETWEEN)
  return [
    { needle: digits.slice(-DIGITS_ENOUGH)[0]!, source: String.raw`(?:\+|%2b)?(?:\d${BETWEEN}){0,10}${end}(?!\d)` },
  ]
}

/** A day, in the orders in which it is written. */
function asDate(value: string): Spelling[] {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?:T|$)/.exec(value) ?? []
  if (!year || !month || !day) return []
  const [d, m, y] = [withoutZero(day), withoutZero(month), `(?:${year.slice(0, 2)})?${year.slice(2)}`]
  const apart = String.raw`[\s./-]{1,2}`
  const orders = [
    [d, m, y],
    [m, d, y],
    [year, m, d],
  ]
  const sources = orders.map((order) => String.raw`(?<!\d)${order.join(apart)}(?!\d)`)
  return [...sources, `${year}${month}${day}`].map((source) => ({ needle: year.slice(2), source }))
}

function withoutZero(digits: string): string {
  return `0?${Number(digits)}`
}

const LEAST_OF_CUT = 4
const MOST_OF_CUT = 80

/** Its beginning before dots, or its end after some: a parser quotes a few letters around the place where it stopped. */
function cutShort(value: string): Spelling[] {
  const letters = Array.from(value, (letter) => escaped(letter))
  if (letters.length <= LEAST_OF_CUT) return []
  const begin = letters.slice(0, MOST_OF_CUT)
  const end = letters.slice(-MOST_OF_CUT)
  const longer = begin.slice(LEAST_OF_CUT).reduceRight((after, letter) => `(?:${letter}${after})?`, '')
  const earlier = end.slice(0, -LEAST_OF_CUT).reduce((before, letter) => `(?:${before}${letter})?`, '')
  const first = begin.slice(0, LEAST_OF_CUT).join('')
  const last = end.slice(-LEAST_OF_CUT).join('')
  return ['…', '...'].flatMap((dots) => [
    { needle: dots, source: `${first}${longer}(?=["'”]?\\s?${escaped(dots)})` },
    { needle: dots, source: `(?<=${escaped(dots)}\\s?["'“]?)${earlier}${last}` },
  ])
}

function escaped(text: string): string {
  return text.replace(REGEXP_SYNTAX, '\\$&')
}
