import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createCatalog } from './catalog.ts'
import { recordError } from './errors.ts'
import { handle, subscribe } from './handlers.ts'
import { defineCommand, defineEvent, personal, secret } from './message.ts'
import { recurring } from './recurring.ts'
import { createRegistry, type Module } from './registry.ts'
import { createSealer } from './sealing.ts'

const Do = defineCommand('shop.do', { version: 1, body: z.object({}), reply: z.object({}) })
const Done = defineEvent('shop.done', { version: 1, body: z.object({}) })
const shop = (changes: Partial<Module>): Module => ({
  name: 'shop',
  messages: [Do, Done],
  subscriptions: [],
  ...changes,
})
const nothing = async () => ({})

describe('the registry', () => {
  it('C3: refuses a subscription to a command', () => {
    expect(() => subscribe(Do as never, 'shop.listen', {}, async () => {})).toThrow(/shop\.do is of kind command/)
  })

  it('C4: refuses two handlers for one command and names both', () => {
    const subscriptions = [
      handle(Do, {}, async function first() {
        return {}
      }),
      handle(Do, {}, async function second() {
        return {}
      }),
    ]
    expect(() => createRegistry([shop({ subscriptions })])).toThrow(/shop\.do has two handlers, first and second/)
  })

  it('C5: refuses a command without a handler and names it', () => {
    expect(() => createRegistry([shop({})])).toThrow(/Command shop\.do has no handler/)
  })

  it('refuses a module that handles the command of another', () => {
    const thief: Module = { name: 'thief', messages: [], subscriptions: [handle(Do, {}, nothing)] }
    expect(() => createRegistry([shop({}), thief])).toThrow(/shop must handle its own commands/)
  })

  it('refuses two subscriptions of one name', () => {
    const listen = () => subscribe(Done, 'shop.listen', {}, async () => {})
    const subscriptions = [handle(Do, {}, nothing), listen(), listen()]
    expect(() => createRegistry([shop({ subscriptions })])).toThrow(/Two subscriptions are named shop\.listen/)
  })

  it('T5: refuses two recurring messages of one name, and one that tells the facts of others', () => {
    const nightly = recurring('shop.nightly', { cron: '0 3 * * *', timeZone: 'UTC' }, Done, () => ({}))
    const handles = { subscriptions: [handle(Do, {}, nothing)] }
    expect(() => createRegistry([shop({ ...handles, recurring: [nightly, nightly] })])).toThrow(
      /Two recurring messages are named shop\.nightly/,
    )
    const thief: Module = { name: 'thief', messages: [], subscriptions: [], recurring: [nightly] }
    expect(() => createRegistry([shop(handles), thief])).toThrow(/only shop tells its own facts/)
    expect(() => createRegistry([{ ...thief, name: 'shop' }])).toThrow(/which no module declares/)
  })

  it('keeps the order of registration', () => {
    const subscriptions = [
      handle(Do, {}, nothing),
      subscribe(Done, 'shop.b', {}, async () => {}),
      subscribe(Done, 'shop.a', {}, async () => {}),
    ]
    const registry = createRegistry([shop({ subscriptions })])
    expect(registry.byMessage.get('shop.done')!.map((each) => each.position)).toEqual([1, 2])
  })
})

describe('a declaration', () => {
  it('refuses a name that is not <module>.<message>', () => {
    expect(() => defineEvent('Done', { version: 1, body: z.object({}) })).toThrow(/<module>\.<message>/)
  })

  it('refuses a body that JSON cannot give back exactly, and says where', () => {
    const body = z.object({ at: z.object({ day: z.date() }) })
    expect(() => defineEvent('shop.done', { version: 1, body })).toThrow(/body\.at\.day cannot be stored as JSON/)
  })
})

describe('classified fields', () => {
  const Told = defineEvent('shop.told', {
    version: 1,
    body: z.object({
      id: z.string(),
      name: personal(z.string()),
      key: secret(z.string()).optional(),
      others: z.array(z.object({ email: personal(z.string()).nullable() })),
    }),
  })
  const sealer = createSealer('a secret of the test, thirty-two')
  const catalog = createCatalog([Told], sealer)
  const body = { id: '1', name: 'Anna', key: 'sesame', others: [{ email: 'a@b.example' }, { email: null }] }

  it('are masked, at every depth', () => {
    expect(catalog.mask('shop.told', 1, catalog.seal(Told, body))).toEqual({
      id: '1',
      name: { masked: 'personal' },
      key: { masked: 'secret' },
      others: [{ email: { masked: 'personal' } }, { email: null }],
    })
  })

  it('are masked altogether where the contract is unknown', () => {
    expect(catalog.mask('shop.told', 2, body)).toEqual({
      id: { masked: 'unknown' },
      name: { masked: 'unknown' },
      key: { masked: 'unknown' },
      others: { masked: 'unknown' },
    })
  })

  it('are sealed and opened again, differently each time', () => {
    const [one, two] = [catalog.seal(Told, body), catalog.seal(Told, body)]
    expect(JSON.stringify(one)).not.toContain('sesame')
    expect(one).not.toEqual(two)
    const envelope = { name: 'shop.told', version: 1, body: one }
    expect(catalog.decode(envelope as never).body).toEqual(body)
  })

  it('cannot be opened with another key', () => {
    const other = createSealer('another secret of the same length')
    expect(() => other.open(sealer.seal('sesame'))).toThrow(/another APP_SECRET/)
  })

  it('are struck out of errors, whatever their case, and of their causes', () => {
    const error = new Error('550 no such user ANNA', { cause: new Error('key sesame') })
    const recorded = recordError(error, catalog.hidden(Told, body))
    expect(JSON.stringify(recorded)).not.toMatch(/anna|sesame/i)
    expect(recorded.message).toBe('550 no such user ••••')
    expect(recorded.cause?.message).toBe('key ••••')
  })
})
