/**
 * What every storage adapter promises about people: what is personal is sealed at rest, read by its handlers in clear,
 * and gone when the person's key is destroyed.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assign, setup } from 'xstate'
import { z } from 'zod'
import { createCatalog } from '../catalog.ts'
import { newId } from '../envelope.ts'
import { handle, subscribe } from '../handlers.ts'
import { defineCommand, defineEvent, personal, secret } from '../message.ts'
import { createPersonKeys, type PersonKeys } from '../person-keys.ts'
import { defineProcess, reactTo } from '../process-manager.ts'
import type { ProcessStore } from '../process-store.ts'
import { subscriptionsOf } from '../process-subscriptions.ts'
import { protectPersonal } from '../protecting.ts'
import { createSealer } from '../sealing.ts'
import type { Harness } from './contract.ts'
import { createTestBus, TEST_SECRET, type TestBus } from './test-bus.ts'

const MARK = 'Zaphod Beeblebrox'

const person = z.uuid()
const Greet = defineCommand('town.greet', {
  version: 1,
  subject: 'person',
  body: z.object({
    person,
    name: personal(z.string()),
    mail: personal(z.email()).nullable(),
    token: secret(z.string()),
    ways: z.array(z.union([z.object({ sms: personal(z.string()) }), z.object({ post: personal(z.string()) })])),
  }),
  reply: z.object({ greeting: personal(z.string()) }),
})
const Greeted = defineEvent('town.greeted', {
  version: 1,
  subject: 'person',
  body: z.object({ person, name: personal(z.string()) }),
})
const Noted = defineEvent('town.noted', { version: 1, body: z.object({ note: personal(z.string()) }) })
const Counted = defineEvent('town.counted', { version: 1, subject: 'person', body: z.object({ person }) })

/** Remembers something about its person. */
const visits = defineProcess('town.visits', {
  version: 1,
  machine: setup({ types: {} as { context: { visits: string[] } } }).createMachine({
    id: 'visits',
    context: { visits: [] },
    on: { 'town.counted': { actions: assign({ visits: ({ context }) => [...context.visits, 'by the west gate'] }) } },
  }),
  reactions: [reactTo(Counted, { key: ({ person }) => person, ifNone: 'start' })],
  actions: {},
})

/** Runs the suite on one adapter. */
export function describePrivacyContract(name: string, createHarness: () => Promise<Harness>): void {
  describe(`privacy on ${name}`, () => {
    let harness: Harness
    let test: TestBus
    let seen: unknown[]
    let people: PersonKeys
    let opened: ProcessStore

    beforeEach(async () => {
      harness = await createHarness()
      seen = []
      const sealer = createSealer(TEST_SECRET)
      people = createPersonKeys({ store: harness.storage.personKeys, sealer })
      opened = protectPersonal(harness.storage, { people, catalog: createCatalog([], sealer) }).processes
      test = createTestBus(harness.storage, [
        {
          name: 'town',
          messages: [Greet, Greeted, Noted, Counted, visits.timeOut],
          subscriptions: [
            handle(Greet, {}, async (body, { publish }) => {
              seen.push(body)
              publish(Greeted, { person: body.person, name: body.name })
              return { greeting: `Hello ${body.name}` }
            }),
            subscribe(Greeted, 'town.hear', {}, async (body) => void seen.push(body)),
            subscribe(Noted, 'town.read', {}, async (body) => void seen.push(body)),
            subscribe(Counted, 'town.count', {}, async (body) => void seen.push(body)),
            ...subscriptionsOf(visits, opened),
          ],
        },
      ])
    })
    afterEach(async () => {
      test.stop()
      await harness.stop()
    })

    const bodyOf = (id: string) => ({
      person: id,
      name: MARK,
      mail: 'zaphod@example.com',
      token: 'a token',
      ways: [{ post: `${MARK}, Betelgeuse` }, { sms: '+41 1' }],
    })
    const stored = async () => JSON.stringify(await harness.messages())
    const erase = (id: string) => harness.storage.unitOfWork.run((tx) => harness.storage.personKeys.erase(tx, id))

    it('P1: keeps personal fields sealed at rest, and hands them to handlers in clear', async () => {
      const id = newId()
      const sending = test.bus.execute(Greet, bodyOf(id))
      await expect.poll(() => test.drain()).toContain('succeeded')
      expect((await sending).reply).toEqual({ greeting: `Hello ${MARK}` })
      await test.drain()
      expect(seen).toEqual([bodyOf(id), { person: id, name: MARK }])
      const text = await stored()
      expect(text).not.toMatch(/Zaphod|zaphod|Betelgeuse|\+41 1/)
      expect(text).toContain('personal:v1:')
    })

    it('P2: keeps what is about nobody sealed, too', async () => {
      await test.bus.publish(Noted, { note: MARK })
      expect(await stored()).not.toContain(MARK)
      await test.drain()
      expect(seen).toEqual([{ note: MARK }])
    })

    it('P3: makes one key for a person, however many ask at once', async () => {
      const id = newId()
      const others = createPersonKeys({ store: harness.storage.personKeys, sealer: createSealer(TEST_SECRET) })
      const sealed = await Promise.all([people, others].map((each) => each.sealText(id, MARK)))
      expect(await Promise.all(sealed.flatMap((each) => [people.openText(each), others.openText(each)]))).toEqual(
        sealed.flatMap(() => [MARK, MARK]),
      )
    })

    it('P4: skips what is about somebody who was erased, and handles what needs nothing of them', async () => {
      const id = newId()
      await test.bus.send(Greet, bodyOf(id))
      await erase(id)
      await test.bus.publish(Counted, { person: id })
      expect((await test.drain()).sort()).toEqual(['erased', 'succeeded', 'succeeded'])
      expect(seen).toEqual([{ person: id }])
      const [skipped] = (await harness.deliveries()).filter((each) => each.subscription === 'town.greet')
      expect(skipped).toMatchObject({ state: 'skipped', reason: expect.stringContaining('erased') })
    })

    it('P5: makes no new key for somebody who was erased', async () => {
      const id = newId()
      expect(await erase(id)).toBe(true)
      expect(await erase(id)).toBe(false)
      await test.bus.send(Greet, bodyOf(id))
      expect(await stored()).not.toContain(MARK)
      expect(await test.drain()).toEqual(['erased'])
      expect(await people.openText(await people.sealText(id, MARK))).toBeNull()
    })

    it('P6: opens nothing that only looks sealed', async () => {
      const forged = { sealed: `personal:v1:${newId()}:AAAA` }
      expect(await people.open({ forged, other: { sealed: 'by hand' } })).toEqual({
        value: { forged: { erased: true }, other: { sealed: 'by hand' } },
        isErased: true,
      })
    })

    it('P8: a key that is taken back opens nothing, and that of somebody who was erased is none', async () => {
      const [id, erased] = [newId(), newId()]
      const sealed = await people.sealText(id, MARK)
      await erase(erased)
      await harness.storage.unitOfWork.run(async (tx) => {
        await harness.storage.personKeys.withdraw(tx, id)
        await harness.storage.personKeys.withdraw(tx, erased)
      })
      expect(await people.openText(sealed)).toBeNull()
      expect(await harness.storage.personKeys.find([id, erased])).toEqual(new Map([[erased, null]]))
    })

    it('P7: keeps what a process remembers of its person sealed, and ends it when they are erased', async () => {
      const id = newId()
      const instance = (store: ProcessStore) => harness.storage.unitOfWork.run((tx) => store.find(tx, visits.name, id))
      const visit = async () => {
        await test.bus.publish(Counted, { person: id })
        return test.drain()
      }
      await visit()
      await visit()
      expect(await instance(opened)).toMatchObject({
        version: 2,
        context: { visits: Array(2).fill('by the west gate') },
      })
      expect(JSON.stringify(await instance(harness.storage.processes))).not.toContain('west gate')
      await erase(id)
      expect(await visit()).toEqual(['succeeded', 'succeeded'])
      expect(await instance(opened)).toMatchObject({ version: 2, status: 'failed', context: {} })
    })
  })
}
