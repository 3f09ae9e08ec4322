import fc from 'fast-check'
import { z } from 'zod'

/** As zod writes it down; only what is looked at here. */
interface JsonSchema {
  type?: string
  const?: unknown
  enum?: unknown[]
  format?: string
  pattern?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  maxItems?: number
  minItems?: number
  minimum?: number
  maximum?: number
  oneOf?: JsonSchema[]
  anyOf?: JsonSchema[]
  allOf?: JsonSchema[]
}

/** Words that mean something to the app, by what they are. */
export interface KnownWords {
  ids: readonly string[]
  texts: readonly string[]
}

/** What programs trip over. */
const HOSTILE = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202eabc',
  '\u200b',
  "'; DROP TABLE users; --",
  '<script>alert(1)</script>',
  '%',
  '\\',
  '../../etc/passwd',
  'null',
  '__proto__',
  'constructor',
  '9'.repeat(100),
  'x'.repeat(1_000),
  'a:'.repeat(100),
  '((((((((((((((((((((',
  '\u{1f600}'.repeat(20),
]
const DATES = ['2026-01-01T00:00:00.000Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2024-02-29T00:00:00Z']

/** Inputs for a procedure: mostly such as fit its schemas, some of them nearly, and some that are anything at all. */
export function inputsFor(schemas: readonly unknown[], known: KnownWords): fc.Arbitrary<unknown> {
  const anything = fc.jsonValue({ maxDepth: 2 })
  const fitting = schemas.filter((each) => each instanceof z.ZodType).map((each) => fitsOf(written(each), known))
  if (fitting.length === 0) return fc.option(anything, { nil: undefined })
  const whole = fc.tuple(...fitting).map((parts) => (parts.length === 1 ? parts[0] : Object.assign({}, ...parts)))
  return fc.oneof(
    { weight: 7, arbitrary: whole },
    { weight: 1, arbitrary: anything },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
}

function written(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
}

function fitsOf(schema: JsonSchema, known: KnownWords): fc.Arbitrary<unknown> {
  const choices = schema.oneOf ?? schema.anyOf
  if (choices) return fc.oneof(...choices.map((each) => fitsOf(each, known)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'object':
      return objects(schema, known)
    case 'array':
      return fc.array(fitsOf(schema.items ?? {}, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      })
    case 'integer':
      return fc.oneof(
        fc.integer({
          min: Math.max(schema.minimum ?? -5, -5),
          max: Math.max(schema.minimum ?? 5, Math.min(schema.maximum ?? 300, 300)),
        }),
        EDGES,
      )
    case 'number':
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), EDGES)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return texts(schema, known)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

const EDGES = fc.constantFrom(0, -1, 2 ** 31, -(2 ** 31), Number.MAX_SAFE_INTEGER, 1e21)

function objects({ properties = {}, required = [] }: JsonSchema, known: KnownWords): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => [name, fitsOf(schema, known)] as const)
  return fc.record(Object.fromEntries(fields), { requiredKeys: required })
}

function texts({ format, pattern }: JsonSchema, { ids, texts: words }: KnownWords): fc.Arbitrary<string> {
  const hostile = fc.constantFrom(...HOSTILE)
  if (format === 'uuid') return mostly(fc.constantFrom(...ids), fc.oneof(fc.uuid(), hostile))
  if (format === 'date-time') return mostly(fc.constantFrom(...DATES), hostile)
  if (format === 'email') return mostly(fc.emailAddress(), hostile)
  if (pattern) return mostly(fc.stringMatching(new RegExp(pattern, 'u')), hostile)
  return fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom(...ids),
    hostile,
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.emailAddress(),
  )
}

function mostly<Value>(fitting: fc.Arbitrary<Value>, other: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 6, arbitrary: fitting }, { weight: 1, arbitrary: other })
}
