import { z } from 'zod'
import { classificationOf, type MessageDefinition } from '../../bus/index.ts'
import { type Field, fieldsOf } from '../model/types/fields.ts'
import type { VersionView } from '../model/types/type-view.ts'

/** A body as readers see it: field by field, and as JSON Schema. What is classified is marked in both. */
export function describeBody(body: z.ZodType): { fields: Field[]; schema: string } {
  const schema = z.toJSONSchema(body, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const mark = classificationOf(zodSchema)
      if (mark) jsonSchema['x-classification'] = mark
    },
  })
  return { fields: fieldsOf(schema as Parameters<typeof fieldsOf>[0]), schema: JSON.stringify(schema, null, 2) }
}

/** Where in bodies of these messages single values are that nobody classified: only such can be filtered by. */
export function plainPaths(definitions: readonly MessageDefinition[]): string[] {
  const fields = definitions.flatMap(({ body }) => describeBody(body).fields)
  const classified = new Set(fields.filter((each) => each.classification !== null).map((each) => each.path))
  const plain = fields.filter(({ path, type }) => /^[\w$.-]+$/.test(path) && !/^(object|record|list)/.test(type))
  return [...new Set(plain.map((each) => each.path))].filter((each) => !classified.has(each)).sort()
}

export function toVersion(definition: MessageDefinition, sent: number): VersionView {
  const { version, retentionDays, upcast, body } = definition
  return { version, retentionDays, reads: Object.keys(upcast).map(Number), ...describeBody(body), sent }
}
