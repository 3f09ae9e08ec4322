import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDelivery, aMessage } from '../testing/views.ts'
import { ExactNumber, parseExact, stringifyExact, withExactNumbers } from './exact-json.ts'
import { failingTestOf } from './failing-test.ts'
import { copyOf, curlOf, fixtureOf } from './payload-copies.ts'
import { diffPayloads } from './payload-diff.ts'
import { findInPayload, MOST_FOUND, payloadRows, textOf, valueAt } from './payload-rows.ts'
import { ParsedPayload } from './payload-source.ts'

const NONE = new Map<string, boolean>()
const secret = { masked: 'secret' }

describe('exact JSON', () => {
  it.each(['9007199254740993', '1.10', '-0.1000', '1e400', '[12345678901234567890, 2]'])('keeps %s', (json) => {
    expect(stringifyExact(parseExact(json)).replaceAll(/\s/g, '')).toBe(json.replaceAll(/\s/g, ''))
  })

  it('reads every other JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(JSON.parse(stringifyExact(parseExact(json)))).toEqual(JSON.parse(json))
      }),
    )
  })

  it('gives a masked value its numbers back, and nothing that is masked', () => {
    const json = '{"id": 9007199254740993, "pin": 9007199254740993, "all": [1.10]}'
    const masked = { id: 9007199254740992, pin: secret, all: [1.1] }
    expect(withExactNumbers(masked, parseExact(json))).toEqual({
      id: new ExactNumber('9007199254740993'),
      pin: secret,
      all: [new ExactNumber('1.10')],
    })
  })
})

describe('the rows of a payload', () => {
  const pathsOf = (root: unknown, folding = NONE) => payloadRows(root, folding).map((each) => each.path)

  it('are unfolded two levels deep, and further where one asks', () => {
    const root = { a: { b: { c: { d: 1 } } } }
    expect(pathsOf(root)).toEqual(['a', 'a.b', 'a.b.c'])
    expect(pathsOf(root, new Map([['a.b.c', true]]))).toEqual(['a', 'a.b', 'a.b.c', 'a.b.c.d'])
    expect(pathsOf(root, new Map([['a', false]]))).toEqual(['a'])
  })

  it('come by name where one wants that, lists in their own order', () => {
    const root = { b: { z: 1, y: [3, 1] }, a: 2, B: 0 }
    const sorted = payloadRows(root, NONE, 'sorted').map((each) => each.path)
    expect(sorted).toEqual(['B', 'a', 'b', 'b.y', 'b.y[0]', 'b.y[1]', 'b.z'])
    expect(pathsOf(root)[0]).toBe('b')
    expect(findInPayload({ b: 'anna', a: 'anna' }, 'anna', 'sorted').map((each) => each.path)).toEqual(['a', 'b'])
  })

  it('show a long list as ranges', () => {
    const root = { list: Array.from({ length: 250 }, (_, index) => index) }
    const rows = payloadRows(root, NONE)
    expect(rows.map((each) => each.label)).toEqual(['list', '0 … 99', '100 … 199', '200 … 249'])
    expect(payloadRows(root, new Map([['list#2', true]]))).toHaveLength(54)
  })

  it('name odd keys so that the path can be used', () => {
    expect(pathsOf({ 'a b': [1] })).toEqual(['["a b"]', '["a b"][0]'])
  })

  it('do not look into what is masked', () => {
    expect(payloadRows({ pin: secret }, NONE)).toMatchObject([{ path: 'pin', hasChildren: false }])
  })
})

describe('finding', () => {
  it('tells every name and value with the text, and what has to be open', () => {
    const root = { mail: { to: 'Anna@example.com', anna: true }, pin: secret, list: Array(30).fill('anna') }
    const found = findInPayload(root, 'ANNA')
    expect(found.slice(0, 2)).toEqual([
      { path: 'mail.to', above: ['mail'] },
      { path: 'mail.anna', above: ['mail'] },
    ])
    expect(found[2]).toEqual({ path: 'list[0]', above: ['list', 'list#0'] })
    expect(found).toHaveLength(32)
    expect(findInPayload(root, 'secret')).toEqual([])
    expect(findInPayload(root, '')).toEqual([])
  })
})

describe('the difference', () => {
  it('is told path by path', () => {
    expect(diffPayloads({ a: 1, b: [1, 2], c: { d: 'x' } }, { b: [1, 3, 4], c: { d: 'y' }, e: null })).toEqual({
      changes: [
        { path: 'a', kind: 'removed', before: '1', after: null },
        { path: 'b[1]', kind: 'changed', before: '2', after: '3' },
        { path: 'b[2]', kind: 'added', before: null, after: '4' },
        { path: 'c.d', kind: 'changed', before: '"x"', after: '"y"' },
        { path: 'e', kind: 'added', before: null, after: 'null' },
      ],
      masked: [],
    })
  })

  it('does not say whether what is masked is the same', () => {
    expect(diffPayloads({ pin: secret, to: secret }, { pin: secret, to: 'x' })).toEqual({
      changes: [{ path: 'to', kind: 'changed', before: '••••', after: '"x"' }],
      masked: ['pin'],
    })
  })

  it('tells numbers apart that JavaScript does not', () => {
    const [before, after] = ['{"id":9007199254740992}', '{"id":9007199254740993}'].map(parseExact)
    expect(diffPayloads(before, after).changes).toMatchObject([{ path: 'id', after: '9007199254740993' }])
  })
})

describe('copies', () => {
  const message = { messageId: 'm1', kind: 'event', name: 'a.b', version: 2, key: 'order-1' } as const
  it('hold no masked value, and no number that was not there', () => {
    const body = parseExact('{"pin":{"masked":"secret"},"id":9007199254740993}')
    expect(copyOf(body)).toBe('{\n  "pin": "••••",\n  "id": 9007199254740993\n}')
    expect(JSON.parse(fixtureOf(message, body))).toMatchObject({
      kind: 'event',
      name: 'a.b',
      version: 2,
      key: 'order-1',
      body: { pin: '••••' },
    })
    expect(curlOf(message, 'https://x.example')).toContain(
      'inspector.payload?input=%7B%22json%22%3A%7B%22id%22%3A%22m1%22',
    )
  })
})

it('a delivery as a test runs nothing that somebody has written', () => {
  const lastError = 'told\u2028globalThis.stolen = 1\u2029globalThis.stolen = 2\rglobalThis.stolen = 3'
  const delivered = { ...aMessage('m'), key: '`*/ globalThis.stolen = 4' }
  const body = { text: "'}; globalThis.stolen = 5 //", '*/ globalThis.stolen = 6 /*': true }
  const code = failingTestOf(delivered, { ...aDelivery('m', 'd'), lastError }, body)
  expect(code.split(/[\n\r\u2028\u2029]/).filter((line) => /^\s*globalThis/.test(line))).toEqual([])
  expect(code).toContain('It said: told\n')
})

describe('a payload that is looked into', () => {
  const json = '{"a":{"b c":[{"d":"x"}]},"pin":{"masked":"secret"},"list":[1.10,2],"long":"LONG"}'.replace(
    'LONG',
    'y'.repeat(300),
  )
  const payload = ParsedPayload.from(json)

  it('sends little of a value, and all of it where one asks', () => {
    const rows = payload.rows(NONE, 'original')
    expect(rows.find((each) => each.path === 'long')?.shown).toEqual({
      is: 'value',
      text: `"${'y'.repeat(199)}`,
      length: 302,
    })
    expect(payload.text('long')).toHaveLength(302)
    expect(rows.find((each) => each.path === 'pin')?.shown).toEqual({ is: 'masked', why: 'secret, sealed' })
    expect(rows.find((each) => each.path === 'list')?.shown).toEqual({ is: 'whole', size: '2 items' })
    expect(structuredClone(rows)).toEqual(rows)
  })

  it.each([
    ['a["b c"][0].d', 'x'],
    ['a["b c"]', '[\n  {\n    "d": "x"\n  }\n]'],
    ['list[0]', '1.10'],
    ['pin', '"••••"'],
    ['nowhere', ''],
  ])('copies what is at %s', (path, copy) => {
    expect(payload.copied(path) ?? '').toBe(copy)
  })

  it('finds every path that its rows name', () => {
    const names = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('a', 'b', 'a.b', '[0]', '"'))
    const values = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.array(tie('value')), fc.dictionary(names, tie('value'))),
    }))
    fc.assert(
      fc.property(values.value, (root) => {
        const isOpen = { get: () => true } as unknown as ReadonlyMap<string, boolean>
        for (const { path, shown, isRange } of payloadRows(root, isOpen)) {
          if (!isRange && shown.is === 'value' && /^[-\d]/.test(shown.text)) {
            expect(textOf(valueAt(root, path))).toBe(shown.text)
          }
        }
      }),
    )
  })

  it('stops where there are too many to go through', () => {
    expect(findInPayload(Array(5_000).fill('anna'), 'anna')).toHaveLength(MOST_FOUND)
  })
})
