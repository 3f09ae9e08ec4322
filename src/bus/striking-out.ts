/**
 * Takes what is about people out of texts that somebody else wrote: a mail server that repeats an address, a library
 * that quotes what it was given.
 */

const SHORTEST = 3
const STRUCK = '••••'
/** Without the hyphen: outside a class it is a letter like others, and a Unicode pattern refuses it escaped. */
const REGEXP_SYNTAX = /[.*+?^${}()|[\]\\/]/g

/** No engine compiles a pattern of any length: of a longer value the beginning is looked for, and all after it goes. */
const LONGEST_PATTERN = 5_000

/** Whoever's it is, and wherever the handler had it from. Bounded: the text may be long. */
const ADDRESS = /[^\s@<>()[\]"',;:]{1,64}@[\p{L}\p{N}.-]{1,255}\.\p{L}{2,}/gu
const PHONE_NUMBER = /\+\d[\d ().-]{6,20}\d/g

/** The text without these values, however they are written in it, and without any e-mail address or phone number. */
export function strikeOut(text: string, hidden: readonly string[]): string {
  const known = hidden.filter((value) => value.length >= SHORTEST).flatMap(patternsOf)
  return [...known, ADDRESS, PHONE_NUMBER].reduce(
    (left, pattern) => left.replace(pattern, STRUCK),
    text.replaceAll('\u0000', '\uFFFD'),
  )
}

function patternsOf(value: string): RegExp[] {
  const spellings = new Set([value, inUrl(value), JSON.stringify(value).slice(1, -1)])
  return [...[...spellings].map(patternOf), ...asNumber(value), ...asMailbox(value)]
}

function patternOf(value: string): RegExp {
  const pattern = escaped(value.slice(0, LONGEST_PATTERN))
  return new RegExp(value.length > LONGEST_PATTERN ? `${pattern}[^]*` : pattern, 'gi')
}

function inUrl(value: string): string {
  try {
    return encodeURIComponent(value)
  } catch {
    // Half a character is in no address.
    return value
  }
}

/** Grouped as anybody likes to group it, and without its plus. */
function asNumber(value: string): RegExp[] {
  const digits = /^\+?(\d{7,15})$/.exec(value)?.[1]
  return digits === undefined ? [] : [new RegExp(`\\+?${digits.split('').join('[ ().-]{0,2}')}`, 'g')]
}

/** A mail server may speak of the mailbox alone: of its part before the @. */
function asMailbox(value: string): RegExp[] {
  const mailbox = /^([^\s@]{3,64})@[^\s@]+$/.exec(value)?.[1]
  return mailbox === undefined ? [] : [new RegExp(`(?<![\\p{L}\\p{N}])${escaped(mailbox)}(?![\\p{L}\\p{N}])`, 'giu')]
}

function escaped(text: string): string {
  return text.replace(REGEXP_SYNTAX, '\\$&')
}
