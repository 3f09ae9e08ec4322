/**
 * What is seen of an instance of a process beside its name, its key and its state. It is read when somebody looks, from
 * what is stored anyway: no step of a process writes anything for it.
 */
import type { BodyOf, MessageDefinition } from './message.ts'

/** A value that tells whoever looks at an instance what it is about. */
export interface ShownField {
  /** In words. */
  readonly label: string
  /** The message that started the instance; null for the instance's context. */
  readonly message: MessageDefinition | null
  /** Where in it the value is: names, joined by dots. */
  readonly path: string
  /** What is said where there is no value. */
  readonly ifNone: string
}

interface FieldOptions {
  /** Default `none`. */
  ifNone?: string
}

/** A value of the message that starts an instance, while that is kept. What its contract classifies is masked. */
export function showOfStart<D extends MessageDefinition>(
  message: D,
  label: string,
  path: keyof BodyOf<D> & string,
  { ifNone = 'none' }: FieldOptions = {},
): ShownField {
  return { label, message, path, ifNone }
}

/** A value of an instance's context as it is now. */
export function showOfContext(label: string, path: string, { ifNone = 'none' }: FieldOptions = {}): ShownField {
  return { label, message: null, path, ifNone }
}

/** More would be a page, not a head. */
const MOST_FIELDS = 6

/** What is wrong with the fields of a process; null where nothing is. */
export function problemOfFields(fields: readonly ShownField[], startedBy: readonly MessageDefinition[]): string | null {
  if (fields.length > MOST_FIELDS) return `it shows ${fields.length} fields, and ${MOST_FIELDS} is the most`
  const twice = fields.find(({ label }, index) => fields.findIndex((each) => each.label === label) < index)
  if (twice) return `it shows two fields named "${twice.label}"`
  const astray = fields.find(({ message }) => message !== null && !startedBy.includes(message))
  return astray ? `it shows "${astray.label}" of ${astray.message?.name}, which does not start it` : null
}
