import { z } from 'zod'

/** As zod writes it down; only what is looked at here. */
interface JsonSchema {
  type?: string
  const?: unknown
  enum?: unknown[]
  format?: string
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  items?: JsonSchema
  oneOf?: JsonSchema[]
  anyOf?: JsonSchema[]
  allOf?: JsonSchema[]
}

/** Ids and times are made by programs. */
const MADE = ['uuid', 'date-time']

/** Paths of all fields of an input in which anything can be written: `person.name`, `labels[]`. */
export function textFieldsOf(schemas: readonly unknown[]): string[] {
  const written = schemas.filter((each) => each instanceof z.ZodType).map((each) => writtenDown(each))
  return [...new Set(written.flatMap((schema) => textsWithin(schema, '')))]
}

/** What was written into them, in the same words. */
export function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, `${path}[]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, within(path, key)))
}

function writtenDown(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema
}

function textsWithin(schema: JsonSchema, path: string): string[] {
  const { oneOf = [], anyOf = [], allOf = [], properties = {}, items, additionalProperties } = schema
  const choices = [...oneOf, ...anyOf, ...allOf]
  const fields = Object.entries(properties).map(([key, each]) => [within(path, key), each] as const)
  if (items) fields.push([`${path}[]`, items])
  if (typeof additionalProperties === 'object') fields.push([within(path, '*'), additionalProperties])
  const inner = [...choices.map((each) => [path, each] as const), ...fields]
  const isText = inner.length === 0 && takesText(schema)
  return [...(isText ? [path] : []), ...inner.flatMap(([at, each]) => textsWithin(each, at))]
}

/** A schema that says nothing of its type takes anything. */
function takesText({ type, enum: values, const: value, format }: JsonSchema): boolean {
  if (values || value !== undefined || MADE.includes(format ?? '')) return false
  return type === 'string' || type === undefined
}

function within(path: string, key: string): string {
  return path ? `${path}.${key}` : key
}
