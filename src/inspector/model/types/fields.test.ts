import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { personal, secret } from '../../../bus/message.ts'
import { describeBody } from '../../queries/contract.ts'

const Body = z.object({
  userId: z.uuid(),
  email: personal(z.email().max(254)),
  password: secret(z.string().min(8)),
  phone: personal(z.string()).nullable(),
  locale: z.enum(['en', 'de']).optional(),
  lines: z.array(z.object({ sku: z.string(), count: z.int().min(1) })),
  notes: z.record(z.string(), personal(z.string())),
})

describe('fields of a contract', () => {
  const { fields, schema } = describeBody(Body)
  const of = (path: string) => fields.find((each) => each.path === path)

  it('has a row for each field, the inner ones by their path', () => {
    expect(fields.map((each) => each.path)).toEqual([
      'userId',
      'email',
      'password',
      'phone',
      'locale',
      'lines',
      'lines[]',
      'lines[].sku',
      'lines[].count',
      'notes',
      'notes.*',
    ])
  })

  it('has each field of several shapes once', () => {
    const done = z.object({ outcome: z.literal('done'), id: z.uuid() })
    const refused = z.object({ outcome: z.literal('refused') })
    expect(describeBody(z.discriminatedUnion('outcome', [done, refused])).fields).toMatchObject([
      { path: 'outcome', type: '"done" | "refused"', isOptional: false },
      { path: 'id', isOptional: true },
    ])
  })

  it('says what a value must be', () => {
    expect(of('userId')).toMatchObject({ type: 'string', rules: ['uuid'], isOptional: false })
    expect(of('email')?.rules).toEqual(['email', 'at most 254 characters'])
    expect(of('phone')).toMatchObject({ type: 'string | null' })
    expect(of('locale')).toMatchObject({ type: '"en" | "de"', isOptional: true })
    expect(of('lines')?.type).toBe('list of object')
    expect(of('lines[].count')?.rules).toEqual(['≥ 1'])
  })

  it('marks what is classified, also within what may be absent, and in the schema itself', () => {
    const marked = fields.flatMap(({ path, classification }) => (classification ? [[path, classification]] : []))
    expect(marked).toEqual([
      ['email', 'personal'],
      ['password', 'secret'],
      ['phone', 'personal'],
      ['notes.*', 'personal'],
    ])
    expect(JSON.parse(schema)).toMatchObject({ properties: { password: { 'x-classification': 'secret' } } })
  })
})
