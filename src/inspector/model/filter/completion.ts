import { FIELDS } from './language.ts'

/** What is being typed at the caret, and what it may become. */
export type Completion =
  /** A key: the options are given. */
  | { of: 'key'; from: number; to: number; options: { insert: string; says: string; isFast: boolean }[] }
  /** Where in a payload a value is; `typed` is what there is of it. */
  | { of: 'path'; field: 'payload'; from: number; to: number; typed: string }
  /** A value of a key; `typed` is what there is of it. */
  | { of: 'value'; field: CompletedField; from: number; to: number; typed: string }

/** Fields of which there is a list of values. */
export const COMPLETED_FIELDS = ['type', 'state', 'handler', 'kind', 'has', 'payload'] as const
export type CompletedField = (typeof COMPLETED_FIELDS)[number]

/** What can be completed at the caret, or null where there is nothing to. */
export function completionAt(typed: string, caret: number): Completion | null {
  const before = typed.slice(0, caret)
  // Within quotes it is a text of one's own.
  if ((before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) return null
  const word = /\S*$/.exec(before)![0]
  const start = caret - word.length + (word.startsWith('-') ? 1 : 0)
  const path = /^-?payload\.([\w$.-]*)$/.exec(word)?.[1]
  if (path !== undefined) return { of: 'path', field: 'payload', from: caret - path.length, to: caret, typed: path }
  const [, key, values] = /^-?([a-z]+):=?(.*)$/s.exec(word) ?? []
  if (key === undefined || values === undefined) return keysLike(typed.slice(start, caret), start, caret)
  const field = COMPLETED_FIELDS.find((each) => each === key)
  if (!field || field === 'payload') return null
  const value = values.slice(values.lastIndexOf(',') + 1)
  return { of: 'value', field, from: caret - value.length, to: caret, typed: value }
}

function keysLike(word: string, from: number, to: number): Completion | null {
  const options = Object.values(FIELDS)
    .filter(({ prefix }) => prefix.startsWith(word.toLowerCase()))
    .map(({ prefix, says, isFast }) => ({ insert: prefix, says, isFast }))
  return options.length > 0 ? { of: 'key', from, to, options } : null
}

/** What was typed with an option in its place, and where the caret goes. */
export function complete(
  typed: string,
  { from, to, of }: Pick<Completion, 'from' | 'to' | 'of'>,
  insert: string,
): { typed: string; caret: number } {
  // After a value one goes on with the next clause.
  const blank = of === 'value' && !typed.slice(to).startsWith(' ') ? ' ' : ''
  return {
    typed: typed.slice(0, from) + insert + blank + typed.slice(to),
    caret: from + insert.length + (of === 'value' ? 1 : 0),
  }
}
