import { DELIVERY_STATES } from '../../../bus/message.ts'
import { type Clause, type Comparison, FEATURES, FIELDS } from './language.ts'
import { FilterError, type Word, wordsOf } from './words.ts'

/** Characters of a filter at most: it travels in addresses, and is the name of a room. */
export const MAX_FILTER = 500

export type Parsed = { ok: true; clauses: Clause[] } | { ok: false; at: number; message: string }

/** Reads a filter, or says what is wrong with it and where. */
export function parseFilter(typed: string): Parsed {
  try {
    return { ok: true, clauses: wordsOf(typed).map(toClause) }
  } catch (error) {
    if (error instanceof FilterError) return { ok: false, at: error.at, message: error.message }
    throw error
  }
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/

function toClause(word: Word): Clause {
  const { from, to, isNegated } = word
  const place = { from, to, isNegated }
  if (word.key === null) return { ...place, field: 'text', words: wordsIn(word) }
  if (word.key.startsWith('payload.')) {
    const path = word.key.split('.').slice(1)
    return { ...place, field: 'payload', path, comparison: comparisonOf(word), values: wordsIn(word) }
  }
  switch (word.key) {
    case 'type':
    case 'handler':
    case 'key':
      return { ...place, field: word.key, patterns: plainWords(word) }
    case 'id':
      return { ...place, field: 'id', ids: plainWords(word).map((each) => each.toLowerCase()) }
    case 'kind':
      return { ...place, field: 'kind', kinds: oneOf(word, ['command', 'event']) }
    case 'state':
      return { ...place, field: 'state', states: oneOf(word, DELIVERY_STATES) }
    case 'has':
      return { ...place, field: 'has', features: oneOf(word, FEATURES) }
    case 'error':
      return { ...place, field: 'error', words: wordsIn(word, ['', '~', '=']) }
    case 'attempt':
      return { ...place, field: 'attempt', comparison: comparisonOf(word), number: numberOf(word) }
    case 'age':
      return { ...place, field: 'age', comparison: comparisonOf(word, '>'), ms: durationOf(word) }
    case 'at':
      return { ...place, field: 'at', comparison: comparisonOf(word, '>='), time: timeOf(word) }
    default:
      throw new FilterError(from, `There is no key ${word.key}. There are: ${Object.keys(FIELDS).join(', ')}.`)
  }
}

function wordsIn(word: Word, comparisons?: readonly string[]): string[] {
  if (comparisons && !comparisons.includes(word.comparison))
    throw new FilterError(word.valuesFrom - word.comparison.length, `${word.key}: cannot be compared in that way.`)
  for (const { text, from } of word.values) {
    if (text === '') throw new FilterError(from, word.key === null ? 'Nothing is quoted.' : 'A value is missing.')
  }
  return word.values.map((each) => each.text)
}

function plainWords(word: Word): string[] {
  return wordsIn(word, ['', '='])
}

function oneOf<const Value extends string>(word: Word, known: readonly Value[]): Value[] {
  return plainWords(word).map((text, index) => {
    const value = known.find((each) => each === text.toLowerCase())
    if (!value)
      throw new FilterError(word.values[index]!.from, `${word.key}: is one of ${known.join(', ')}; not ${text}.`)
    return value
  })
}

function comparisonOf({ comparison }: Word, otherwise: Comparison = '='): Comparison {
  return comparison === '' ? otherwise : (comparison as Comparison)
}

function single(word: Word): { text: string; from: number } {
  wordsIn(word, ['', '=', '>', '>=', '<', '<='])
  const [value, second] = word.values
  if (second) throw new FilterError(second.from, `${word.key}: takes one value.`)
  return value!
}

function numberOf(word: Word): number {
  const { text, from } = single(word)
  if (!/^\d{1,9}$/.test(text)) throw new FilterError(from, `${word.key}: takes a number, as ${word.key}:>=3.`)
  return Number(text)
}

function durationOf(word: Word): number {
  const { text, from } = single(word)
  const [, amount, unit = ''] = DURATION.exec(text) ?? []
  if (!amount)
    throw new FilterError(from, `${word.key}: takes a duration, as ${word.key}:>5m; units are ms, s, m, h, d.`)
  return Number(amount) * UNITS[unit]!
}

function timeOf(word: Word): string {
  const { text, from } = single(word)
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new FilterError(from, 'at: takes a time, as at:>=2026-01-31T12:00Z.')
  return new Date(time).toISOString()
}
