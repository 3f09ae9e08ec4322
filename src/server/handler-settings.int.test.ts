import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { alwaysRunning, defineCommand, handleOutside, type Module, newId } from '../bus/index.ts'
import { createInspectorModule } from '../inspector/index.ts'
import { PauseHandler, ResumeHandler, SetFault, SetHandlerLimits } from '../inspector/messages.ts'
import type { PostgresStorage } from '../postgres/index.ts'
import { createTestDatabase } from './database/testing.ts'
import { POLL_MS, startNode, type TestNode } from './testing/nodes.ts'

const Pack = defineCommand('shop.pack', { version: 1, body: z.object({}), reply: z.object({}) })
const Open = defineCommand('shop.open', { version: 1, body: z.object({}), reply: z.object({}) })

/** More than any other handler has before it counts as in outage. */
const FAILURES = 30

const shop: Module = {
  name: 'shop',
  messages: [Pack, Open],
  subscriptions: [
    handleOutside(Pack, {}, async () => ({})),
    alwaysRunning(
      handleOutside(Open, { retry: { firstDelayMs: 1, factor: 1, maxAttempts: 99 } }, async (_, { attempt }) => {
        if (attempt <= FAILURES) throw new Error('The door sticks.')
        return {}
      }),
      'Nobody could come in.',
    ),
  ],
}

const ALWAYS_RUN = ['inspector.resume-handler', 'shop.open']

describe('O7: what an operator sets about a handler', () => {
  const notHere = () => {
    throw new Error('Nobody edits or replays here.')
  }
  const withInspector = ({ deliveries, handlerSettings, outbox }: PostgresStorage): Module[] => [
    shop,
    createInspectorModule({
      ...{ deliveries, handlerSettings, outbox, planEdited: notHere, planReplay: notHere },
      clock: { now: () => new Date() },
      messageOf: () => undefined,
      findHandler: (name) => ({ alwaysRuns: ALWAYS_RUN.includes(name) ? 'Somebody must.' : null }),
    }),
  ]
  const stateOf = async ({ storage }: TestNode, messageId: string) => {
    const found = await storage.pool.query<{ state: string }>('SELECT state FROM deliveries WHERE message_id = $1', [
      messageId,
    ])
    return found.rows[0]!.state
  }
  /** Whether a message is taken within the time in which one is that nothing holds back: by the next poll at the latest. */
  const isTaken = async (node: TestNode) => {
    const { messageId } = await node.bus.send(Pack, {})
    for (const until = performance.now() + 1.5 * POLL_MS; performance.now() < until; await sleep(20)) {
      if ((await stateOf(node, messageId)) !== 'pending') return true
    }
    return false
  }
  const actorId = newId()

  it('holds on every node within a second, keeps what comes meanwhile, and survives a restart', async () => {
    await using database = await createTestDatabase()
    const operators = await startNode(database.url, withInspector)
    const worker = await startNode(database.url, () => [shop])
    const { reply } = await operators.bus.execute(PauseHandler, { subscription: 'shop.pack', actorId })
    expect(reply).toEqual({ outcome: 'done' })
    await expect.poll(() => isTaken(worker)).toBe(false)
    const kept = await worker.bus.send(Pack, {})

    await worker.stop()
    const restarted = await startNode(database.url, () => [shop])
    expect(await isTaken(restarted)).toBe(false)
    expect(await stateOf(restarted, kept.messageId)).toBe('pending')

    await operators.bus.execute(ResumeHandler, { subscription: 'shop.pack', actorId })
    await expect.poll(() => stateOf(restarted, kept.messageId)).toBe('succeeded')
    await restarted.stop()
    await operators.stop()
  })

  it('does not reach what must always run, by which it is taken back', async () => {
    await using database = await createTestDatabase()
    await using node = await startNode(database.url, withInspector)
    const refused = { outcome: 'protected' }
    const limits = { concurrency: 1, rateLimit: null }
    for (const subscription of ALWAYS_RUN) {
      const handler = { subscription, actorId }
      expect((await node.bus.execute(PauseHandler, handler)).reply).toEqual(refused)
      expect((await node.bus.execute(SetHandlerLimits, { ...handler, limits })).reply).toEqual(refused)
      expect((await node.bus.execute(SetFault, { ...handler, fault: { mode: 'always' } })).reply).toEqual(refused)
      // One that was set when it did not have to run yet is ended.
      expect((await node.bus.execute(SetFault, { ...handler, fault: null })).reply).toEqual({ outcome: 'done' })
    }
    expect(await node.storage.handlerSettings.findAll()).toEqual(new Map())
  })

  it('holds nothing back that must always run, whatever a row says of it and however often it failed', async () => {
    await using database = await createTestDatabase()
    await using node = await startNode(database.url, () => [shop])
    const { handlerSettings, outages, unitOfWork } = node.storage
    const stop = { concurrency: 1, rateLimit: { count: 1, perMs: 3_600_000 } }
    await unitOfWork.run(async (tx) => {
      for (const subscription of ['shop.open', 'shop.pack']) {
        await handlerSettings.saveLimits(tx, subscription, stop, actorId)
        await handlerSettings.savePaused(tx, subscription, true, actorId)
      }
    })
    await outages.begin('shop.open', 3_600_000)
    await expect.poll(() => isTaken(node)).toBe(false)
    await Promise.all(Array.from({ length: 5 }, () => node.bus.execute(Open, {})))
    expect((await outages.list()).map(({ subscription }) => subscription)).toEqual(['shop.open'])
  })
})
