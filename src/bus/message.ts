/**
 * The browser-safe door of the bus: how a message is declared. Touches zod only, so that a module's
 * `messages.ts` can be shared by the server and the browser.
 */
import type { z } from 'zod'
import { findUnstorable } from './classification.ts'
import { DEFAULT_RETENTION_DAYS } from './retention.ts'

export { type Classification, personal, secret } from './classification.ts'
export { DELIVERY_STATES, type DeliveryState, isSettled } from './delivery.ts'
export type { RecordedError } from './errors.ts'

type Body = z.ZodObject

interface Declaration<K extends 'command' | 'event', B extends Body> {
  readonly kind: K
  /** Stable wire name, `<module>.<message>`; never derived from a class or a file. */
  readonly name: string
  /** What it says, in a sentence, for whoever looks at it; null where nobody wrote one. */
  readonly description: string | null
  readonly version: number
  readonly body: B
  /** The module that owns the message: the part of its name before the dot. */
  readonly owner: string
  /** Id of the person the message is about, when it is about one. */
  subjectOf(body: z.infer<B>): string | null
  /** How long it is kept after its last delivery was settled. */
  readonly retentionDays: number
  /** How bodies of older versions become one of this, by the older version. */
  readonly upcast: Upcasters
}

/** Makes the body of an older version into one of this version. Pure; it is called anew at every reading. */
export type Upcasters<Result = unknown> = Readonly<Record<number, (old: Record<string, unknown>) => Result>>

/** A request with exactly one handler, which may refuse it. */
export interface CommandDefinition<B extends Body = Body, R extends z.ZodType = z.ZodType>
  extends Declaration<'command', B> {
  readonly reply: R
}

/** A fact, with any number of subscriptions; it has no reply and is never refused. */
export interface EventDefinition<B extends Body = Body> extends Declaration<'event', B> {
  readonly reply?: never
}

export type MessageDefinition = CommandDefinition | EventDefinition
export type BodyOf<D extends MessageDefinition> = z.infer<D['body']>
export type ReplyOf<D extends CommandDefinition> = z.infer<D['reply']>

interface DeclarationOptions<B extends Body> {
  /** What it says, in a sentence: the inspector shows it wherever the message's name stands. */
  description?: string
  /** Counts up when the body changes incompatibly; 1 at first. */
  version: number
  body: B
  /** Field of the body that holds the id of the person this message is about; where it is empty, it is about nobody. */
  subject?: keyof z.infer<B> & string
  /** Days for which it is kept after its last delivery was settled; what is dead is kept. Default 30. */
  retentionDays?: number
  /**
   * Reads bodies that were stored by an older version: `upcast: { 1: (old) => ({ ...old, locale: 'en' }) }` makes
   * version 1 into this one. A version without an entry is reached by way of the next lower one that has one.
   */
  upcast?: Upcasters<z.input<B>>
}

/**
 * Declares a command: imperative name, a body, and the reply its only handler gives.
 *
 * @throws TypeError when the name is not `<module>.<message>` or the body cannot be stored as JSON.
 */
export function defineCommand<B extends Body, R extends z.ZodType>(
  name: string,
  options: DeclarationOptions<B> & { reply: R },
): CommandDefinition<B, R> {
  return { ...declare('command', name, options), reply: options.reply }
}

/**
 * Declares an event: past-tense name and a body.
 *
 * @throws TypeError when the name is not `<module>.<message>` or the body cannot be stored as JSON.
 */
export function defineEvent<B extends Body>(name: string, options: DeclarationOptions<B>): EventDefinition<B> {
  return declare('event', name, options)
}

const NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/

function declare<K extends 'command' | 'event', B extends Body>(
  kind: K,
  name: string,
  { description, version, body, subject, retentionDays = DEFAULT_RETENTION_DAYS, upcast = {} }: DeclarationOptions<B>,
): Declaration<K, B> {
  if (!NAME.test(name)) throw new TypeError(`Message name "${name}" must read <module>.<message>, in kebab-case.`)
  const unstorable = findUnstorable(body)
  if (unstorable) {
    throw new TypeError(`${name}: ${unstorable} cannot be stored as JSON and read back exactly; use a plain JSON type.`)
  }
  return {
    kind,
    name,
    description: description ?? null,
    version,
    body,
    owner: name.slice(0, name.indexOf('.')),
    subjectOf: (value) => {
      const person: unknown = subject && value[subject]
      return typeof person === 'string' ? person : null
    },
    retentionDays,
    upcast,
  }
}
