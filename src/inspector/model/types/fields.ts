/** A JSON Schema as rows for readers: one for each field, the inner ones by their path. */

export interface Field {
  /** `address.street`, `items[].name`. */
  path: string
  /** `string`, `integer`, `"red" | "blue"`. */
  type: string
  isOptional: boolean
  /** `at most 200 characters`, `uuid`. */
  rules: string[]
  classification: 'personal' | 'secret' | null
}

/** As much of JSON Schema as bodies of messages can be; the rest is shown as what it is, `unknown`. */
export interface Schema {
  type?: string | undefined
  const?: unknown
  enum?: readonly unknown[] | undefined
  properties?: Record<string, Schema> | undefined
  required?: readonly string[] | undefined
  items?: Schema | undefined
  additionalProperties?: Schema | boolean | undefined
  anyOf?: readonly Schema[] | undefined
  oneOf?: readonly Schema[] | undefined
  format?: string | undefined
  minLength?: number | undefined
  maxLength?: number | undefined
  minimum?: number | undefined
  maximum?: number | undefined
  exclusiveMinimum?: number | undefined
  exclusiveMaximum?: number | undefined
  minItems?: number | undefined
  maxItems?: number | undefined
  'x-classification'?: 'personal' | 'secret' | undefined
}

export function fieldsOf(schema: Schema, path = ''): Field[] {
  const options = schema.anyOf ?? schema.oneOf
  if (options) return merge(options.map((each) => fieldsOf(each, path)))
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const own = path === '' ? name : `${path}.${name}`
    return [fieldOf(property, own, !required.has(name)), ...within(property, own)]
  })
}

/** Of one of several shapes each field once; one that only some of them have may be absent. */
function merge(shapes: readonly Field[][]): Field[] {
  return [...Map.groupBy(shapes.flat(), (each) => each.path).values()].map((same) => ({
    ...same[0]!,
    type: [...new Set(same.map((each) => each.type))].join(' | '),
    isOptional: same.length < shapes.length || same.some((each) => each.isOptional),
  }))
}

/** The fields of what a field holds: of an object, of each item of a list, of each value of a record. */
function within(schema: Schema, path: string): Field[] {
  if (schema.items) return itemsOf(schema.items, `${path}[]`)
  const values = schema.additionalProperties
  if (typeof values === 'object' && Object.keys(values).length > 0) return itemsOf(values, `${path}.*`)
  const options = (schema.anyOf ?? schema.oneOf ?? []).filter((each) => each.type !== 'null')
  if (options.length > 0) return options.flatMap((each) => within(each, path))
  return fieldsOf(schema, path)
}

function itemsOf(item: Schema, path: string): Field[] {
  return [fieldOf(item, path, false), ...within(item, path)]
}

function fieldOf(schema: Schema, path: string, isOptional: boolean): Field {
  return { path, type: typeOf(schema), isOptional, rules: rulesOf(schema), classification: classificationOf(schema) }
}

function typeOf(schema: Schema): string {
  const options = schema.anyOf ?? schema.oneOf
  if (options) return [...new Set(options.map(typeOf))].join(' | ')
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return schema.items ? `list of ${typeOf(schema.items)}` : 'list'
  if (schema.type === 'object') return schema.properties ? 'object' : 'record'
  return schema.type ?? 'unknown'
}

/** What JavaScript can count exactly ends there: to say so tells nobody anything. */
const isTold = (limit: number | undefined): limit is number =>
  limit !== undefined && Number.isSafeInteger(limit) && Math.abs(limit) !== Number.MAX_SAFE_INTEGER

function rulesOf(schema: Schema): string[] {
  const only = (schema.anyOf ?? schema.oneOf ?? []).filter((each) => each.type !== 'null')
  if (only.length === 1) return rulesOf(only[0]!)
  const { format, minLength, maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minItems, maxItems } =
    schema
  return [
    ...(format ? [format] : []),
    ...(isTold(minLength) ? [`at least ${minLength} characters`] : []),
    ...(isTold(maxLength) ? [`at most ${maxLength} characters`] : []),
    ...(isTold(minimum) ? [`≥ ${minimum}`] : []),
    ...(isTold(maximum) ? [`≤ ${maximum}`] : []),
    ...(isTold(exclusiveMinimum) ? [`> ${exclusiveMinimum}`] : []),
    ...(isTold(exclusiveMaximum) ? [`< ${exclusiveMaximum}`] : []),
    ...(isTold(minItems) ? [`at least ${minItems} of them`] : []),
    ...(isTold(maxItems) ? [`at most ${maxItems} of them`] : []),
  ]
}

function classificationOf(schema: Schema): Field['classification'] {
  const options = schema.anyOf ?? schema.oneOf ?? []
  return schema['x-classification'] ?? options.map(classificationOf).find((each) => each !== null) ?? null
}
