import { z } from 'zod'

/**
 * What a contract says about a field: `secret` never reaches a row, log, frame or page in clear;
 * `personal` is stored under the key of its person, and masked wherever a message is shown.
 */
export type Classification = 'personal' | 'secret'

const classifications = z.registry<{ classification: Classification }>()

/** Marks a field that only the handler may read: it is sealed before it is stored. Strings only. */
export function secret<S extends z.ZodType<string, string>>(schema: S): S {
  return classify(schema, 'secret')
}

/**
 * Marks a field about a person: stored under the key of the message's subject, and gone with it when the person is
 * erased; masked in the inspector, the feed and logs.
 */
export function personal<S extends z.ZodType>(schema: S): S {
  return classify(schema, 'personal')
}

function classify<S extends z.ZodType>(schema: S, classification: Classification): S {
  const marked = schema.clone() as S
  classifications.add(marked, { classification })
  return marked
}

/** How the contract classifies a field; null where it says nothing. */
export function classificationOf(schema: z.core.$ZodType): Classification | null {
  return classifications.get(schema)?.classification ?? null
}

/** Applied to each classified value; what it returns takes the value's place. */
export type FieldVisitor = (value: unknown, classification: Classification) => unknown

/**
 * Copies `value`, replacing each field that `schema` classifies by what `visit` returns.
 *
 * A value that the schema does not describe is copied as it is; bodies are parsed before they get here.
 */
export function mapClassified(schema: z.ZodType, value: unknown, visit: FieldVisitor): unknown {
  if (value === undefined || value === null || !hidesAnything(schema)) return value
  const mark = classifications.get(schema)
  if (mark) return visit(value, mark.classification)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return mapClassified(schema.unwrap() as z.ZodType, value, visit)
  }
  if (schema instanceof z.ZodObject) return mapObject(schema, value, visit)
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => mapClassified(schema.element as z.ZodType, item, visit))
  }
  if (schema instanceof z.ZodRecord && isRecord(value)) {
    return mapValues(value, (item) => mapClassified(schema.valueType as z.ZodType, item, visit))
  }
  if (schema instanceof z.ZodUnion) {
    const options = schema.options as z.ZodType[]
    const option = options.find((each) => each.safeParse(value).success) ?? options.find((each) => fits(each, value))
    return option ? mapClassified(option, value, visit) : value
  }
  return value
}

/** Whether a stored value is one of the schema's, whatever stands in the place of what is classified. */
function fits(schema: z.ZodType, value: unknown): boolean {
  if (classifications.has(schema)) return value !== undefined
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return value === undefined || value === null
      ? schema.safeParse(value).success
      : fits(schema.unwrap() as z.ZodType, value)
  }
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape as Record<string, z.ZodType>)
    return isRecord(value) && shape.every(([key, field]) => fits(field, value[key]))
  }
  if (schema instanceof z.ZodArray)
    return Array.isArray(value) && value.every((item) => fits(schema.element as z.ZodType, item))
  if (schema instanceof z.ZodRecord) {
    return isRecord(value) && Object.values(value).every((item) => fits(schema.valueType as z.ZodType, item))
  }
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).some((each) => fits(each, value))
  return schema.safeParse(value).success
}

const hiding = new WeakMap<z.ZodType, ReadonlySet<Classification>>()

/** What is classified in it. Looked at once: every message that is sent or handled asks. */
export function classificationsIn(schema: z.ZodType): ReadonlySet<Classification> {
  const known = hiding.get(schema)
  if (known) return known
  const own = classifications.get(schema)
  const found = new Set(partsOf(schema).flatMap((part) => [...classificationsIn(part)]))
  if (own) found.add(own.classification)
  hiding.set(schema, found)
  return found
}

function hidesAnything(schema: z.ZodType): boolean {
  return classificationsIn(schema).size > 0
}

function partsOf(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return [schema.unwrap() as z.ZodType]
  if (schema instanceof z.ZodObject) return Object.values(schema.shape as Record<string, z.ZodType>)
  if (schema instanceof z.ZodArray) return [schema.element as z.ZodType]
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.ZodType]
  if (schema instanceof z.ZodUnion) return schema.options as z.ZodType[]
  return []
}

function mapObject(schema: z.ZodObject, value: unknown, visit: FieldVisitor): unknown {
  if (!isRecord(value)) return value
  const shape = schema.shape as Record<string, z.ZodType | undefined>
  return mapValues(value, (item, key) => {
    const field = shape[key]
    return field ? mapClassified(field, item, visit) : item
  })
}

const STORABLE = [
  z.ZodString,
  z.ZodStringFormat,
  z.ZodNumber,
  z.ZodBoolean,
  z.ZodLiteral,
  z.ZodEnum,
  z.ZodNull,
] as const

/**
 * Path of the first part of a schema that could not be stored and read back exactly, or in which a
 * classified field could hide; `undefined` when there is none. Bodies are JSON: no dates, maps, transforms.
 */
export function findUnstorable(schema: z.ZodType, path = 'body'): string | undefined {
  if (STORABLE.some((kind) => schema instanceof kind)) return undefined
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return findUnstorable(schema.unwrap() as z.ZodType, path)
  }
  if (schema instanceof z.ZodArray) return findUnstorable(schema.element as z.ZodType, `${path}[]`)
  if (schema instanceof z.ZodRecord) return findUnstorable(schema.valueType as z.ZodType, `${path}.*`)
  if (schema instanceof z.ZodUnion) return firstUnstorable(schema.options as z.ZodType[], () => path)
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType>
    const keys = Object.keys(shape)
    return firstUnstorable(Object.values(shape), (index) => `${path}.${keys[index]}`)
  }
  return path
}

function firstUnstorable(schemas: z.ZodType[], pathOf: (index: number) => string): string | undefined {
  for (const [index, schema] of schemas.entries()) {
    const found = findUnstorable(schema, pathOf(index))
    if (found) return found
  }
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mapValues(value: Record<string, unknown>, change: (item: unknown, key: string) => unknown) {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]))
}
