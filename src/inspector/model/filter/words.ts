/** A piece of a filter between blanks: `-key:value,"another value"`. */
export interface Word {
  from: number
  to: number
  isNegated: boolean
  /** What stands before the colon, and where the values begin; null for free text. */
  key: string | null
  valuesFrom: number
  comparison: string
  values: { text: string; from: number; isQuoted: boolean }[]
}

/** A place in what was typed, and what is wrong there. */
export class FilterError extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const KEY = /^([A-Za-z][\w-]*(?:\.[\w$-]+)*):/
const COMPARISON = /^(?:>=|<=|>|<|=|~)/

/** Cuts a filter into words. Quotes hold blanks, commas and colons together; `\"` is a quote within them. */
export function wordsOf(typed: string): Word[] {
  const words: Word[] = []
  let at = 0
  for (;;) {
    while (/\s/.test(typed[at] ?? '')) at += 1
    if (at >= typed.length) return words
    const word = readWord(typed, at)
    words.push(word)
    at = word.to
  }
}

function readWord(typed: string, from: number): Word {
  const isNegated = typed[from] === '-' && /\S/.test(typed[from + 1] ?? '')
  const keyFrom = isNegated ? from + 1 : from
  const key = KEY.exec(typed.slice(keyFrom))?.[1] ?? null
  const comparisonFrom = keyFrom + (key === null ? 0 : key.length + 1)
  const comparison = key === null ? '' : (COMPARISON.exec(typed.slice(comparisonFrom))?.[0] ?? '')
  const valuesFrom = comparisonFrom + comparison.length
  const { values, to } = readValues(typed, valuesFrom, key !== null)
  return { from, to, isNegated, key, valuesFrom, comparison, values }
}

/** Values with commas between them; in free text a comma is text. */
function readValues(typed: string, from: number, areMany: boolean): Pick<Word, 'values' | 'to'> {
  const values: Word['values'] = []
  let at = from
  for (;;) {
    const start = at
    const value = typed[at] === '"' ? readQuoted(typed, at) : readPlain(typed, at, areMany)
    values.push({ text: value.text, from: start, isQuoted: typed[start] === '"' })
    at = value.to
    if (areMany && typed[at] === ',') at += 1
    else if (at < typed.length && !/\s/.test(typed[at]!)) throw new FilterError(at, 'Put a blank after the quote.')
    else return { values, to: at }
  }
}

function readPlain(typed: string, from: number, areMany: boolean): { text: string; to: number } {
  let to = from
  while (to < typed.length && !/\s/.test(typed[to]!) && !(areMany && typed[to] === ',')) to += 1
  return { text: typed.slice(from, to), to }
}

function readQuoted(typed: string, from: number): { text: string; to: number } {
  let text = ''
  for (let at = from + 1; at < typed.length; at += 1) {
    if (typed[at] === '"') return { text, to: at + 1 }
    if (typed[at] === '\\' && at + 1 < typed.length) at += 1
    text += typed[at]
  }
  throw new FilterError(from, 'This quote is not closed.')
}
