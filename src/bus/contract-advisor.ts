import type { MessageDefinition } from './message.ts'

export interface Advice {
  /** Name of the message. */
  message: string
  text: string
}

/** Past tense without -ed, of verbs that messages are named after. Those that look the same in both tenses are below. */
const IRREGULAR = new Set(
  'begun bought broken brought built caught chosen done driven fallen found given gone grown held kept known left lost made met paid risen rung seen sent shown sold spent stolen taken thrown told understood won withdrawn withheld written'.split(
    ' ',
  ),
)
/** Present and past in one: they fit a command and an event. */
const EITHER = new Set('cut hit let put quit read reset run set shut split spread'.split(' '))
/** End in -ed and are no past tense. */
const NOT_PAST = new Set('bleed embed exceed feed need proceed seed speed succeed'.split(' '))
/** Verbs that take a past participle along: mark-order-shipped asks for something. */
const TAKES_PARTICIPLE = new Set('declare flag get keep make mark note record report set'.split(' '))

/**
 * Says where a name hides what a message is: a command asks, in the imperative; an event tells, in the past tense.
 * It knows few words and looks at endings: what it cannot tell it lets pass.
 */
export function adviseOnNames(definitions: readonly Pick<MessageDefinition, 'kind' | 'name'>[]): Advice[] {
  const names = new Map(definitions.map((each) => [each.name, each.kind]))
  return [...names].flatMap(([name, kind]) => {
    const text = kind === 'command' ? adviseOnCommand(name) : adviseOnEvent(name)
    return text === null ? [] : [{ message: name, text }]
  })
}

function adviseOnEvent(name: string): string | null {
  const words = wordsOf(name)
  if (words.some((word) => isPast(word) || EITHER.has(word))) return null
  return `${name} is an event, and its name does not tell what has happened: use the past tense, like order-placed.`
}

function adviseOnCommand(name: string): string | null {
  const [first = '', ...rest] = wordsOf(name)
  const soundsPast = isPast(first) || (isPast(rest.at(-1) ?? '') && !TAKES_PARTICIPLE.has(first))
  if (!soundsPast) return null
  return `${name} is a command, and its name tells what has happened: ask for it in the imperative, like place-order.`
}

function wordsOf(name: string): string[] {
  return name.slice(name.indexOf('.') + 1).split('-')
}

function isPast(word: string): boolean {
  return IRREGULAR.has(word) || (/[^e]ed$|eed$|[a-z]ied$/.test(word) && word.length > 3 && !NOT_PAST.has(word))
}
