import { parseFilter } from './parse.ts'
import { FilterError, wordsOf } from './words.ts'

/** A filter as its field shows it: what is finished as chips, and the text one is at. */
export interface Chipped {
  /** Clauses with a key, each once and as it was typed. */
  chips: readonly string[]
  draft: string
}

/** The filter as it is written: chips first, since clauses hold in any order. */
export function writtenOf({ chips, draft }: Chipped): string {
  return [...chips, draft].filter(Boolean).join(' ')
}

/** A filter that came from elsewhere: whatever has a key and can be read is a chip, and free text stays text. */
export function chipped(written: string): Chipped {
  return taken({ chips: [], draft: written }, written.length + 1)
}

/** What was typed: a clause is a chip as soon as one has gone on behind it. */
export function typedInto({ chips }: Pick<Chipped, 'chips'>, draft: string, caret = draft.length): Chipped {
  return taken({ chips, draft }, caret)
}

/** Everything that can be: one has left the field, or said that it is finished. */
export function finished(filter: Chipped): Chipped {
  return taken(filter, filter.draft.length + 1)
}

export function withoutChip({ chips, draft }: Chipped, index: number): Chipped {
  return { chips: chips.filter((_, place) => place !== index), draft }
}

/** A chip becomes text again, behind what is there of it. */
export function editing(filter: Chipped, index: number): Chipped {
  const { chips, draft } = finished(filter)
  const chip = filter.chips[index]
  if (chip === undefined) return filter
  return { chips: chips.filter((each) => each !== chip), draft: draft ? `${draft.trimEnd()} ${chip}` : chip }
}

/** Takes out of the text the clauses that end before `end`. */
function taken({ chips, draft }: Chipped, end: number): Chipped {
  const found: string[] = []
  let rest = ''
  let at = 0
  for (const { from, to } of clausesIn(draft)) {
    if (to >= end) continue
    found.push(draft.slice(from, to))
    rest += draft.slice(at, from)
    at = to
  }
  if (found.length === 0) return { chips, draft }
  // A filter says nothing twice.
  return {
    chips: [...new Set([...chips, ...found])],
    draft: `${rest}${draft.slice(at)}`.replace(/ {2,}/g, ' ').trimStart(),
  }
}

/** Those with a key that can be read on their own. */
function clausesIn(draft: string): { from: number; to: number }[] {
  return readable(draft).filter(({ from, to, key }) => key !== null && parseFilter(draft.slice(from, to)).ok)
}

function readable(draft: string): ReturnType<typeof wordsOf> {
  try {
    return wordsOf(draft)
  } catch (error) {
    // Before a quote that is not closed yet the rest can be read.
    if (error instanceof FilterError) return error.at > 0 ? readable(draft.slice(0, error.at).replace(/\S*$/, '')) : []
    throw error
  }
}
