import superjson from 'superjson'
import { expect, it } from 'vitest'
import { z } from 'zod'

const HOSTILE = '{"name":"Anna","__proto__":{"role":"operator"},"constructor":{"prototype":{"role":"operator"}}}'
const roleOf = (value: object) => (value as { role?: unknown }).role

it('what is sent gives no object another prototype', () => {
  const sent = superjson.deserialize<object>({ json: JSON.parse(HOSTILE) as never })
  const schemas = [z.object({ name: z.string() }), z.looseObject({}), z.record(z.string(), z.unknown())]
  for (const schema of schemas) {
    const read = schema.parse(sent) as object
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect(roleOf(read)).toBeUndefined()
  }
  expect(roleOf({})).toBeUndefined()
})

it.each(['__proto__.role', 'constructor.prototype.role', 'a.__proto__.role'])(
  'a note of what %s is changes no prototype',
  (path) => {
    const json = JSON.parse('{"a":{},"__proto__":{"role":"1"}}') as never
    const read = () => superjson.deserialize({ json, meta: { values: { [path]: ['bigint'] } } })
    expect(read).toThrow()
    expect(roleOf({})).toBeUndefined()
  },
)
