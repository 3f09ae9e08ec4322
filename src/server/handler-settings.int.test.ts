import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, handleOutside, type Module } from '../bus/index.ts'
import { createInspectorModule } from '../inspector/index.ts'
import { PauseHandler, ResumeHandler } from '../inspector/messages.ts'
import type { PostgresStorage } from '../postgres/index.ts'
import { createTestDatabase } from './database/testing.ts'
import { startNode, type TestNode } from './testing/nodes.ts'

const Pack = defineCommand('shop.pack', { version: 1, body: z.object({}), reply: z.object({}) })
const Mark = defineCommand('shop.mark', { version: 1, body: z.object({}), reply: z.object({}) })

const shop: Module = {
  name: 'shop',
  messages: [Pack, Mark],
  subscriptions: [handleOutside(Pack, {}, async () => ({})), handleOutside(Mark, {}, async () => ({}))],
}

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
      isSubscription: () => true,
    }),
  ]
  const stateOf = async ({ storage }: TestNode, messageId: string) => {
    const found = await storage.pool.query<{ state: string }>('SELECT state FROM deliveries WHERE message_id = $1', [
      messageId,
    ])
    return found.rows[0]!.state
  }
  /** What became of a message by the time at which one that was sent after it has been handled. */
  const isTaken = async (node: TestNode) => {
    const { messageId } = await node.bus.send(Pack, {})
    await node.bus.execute(Mark, {})
    return (await stateOf(node, messageId)) !== 'pending'
  }
  const actorId = crypto.randomUUID()

  it('holds on every node within a second, keeps what comes meanwhile, and survives a restart', async () => {
    await using database = await createTestDatabase()
    const operators = await startNode(database.url, withInspector)
    const worker = await startNode(database.url, () => [shop])
    const { reply } = await operators.bus.execute(PauseHandler, { subscription: 'shop.pack', actorId })
    expect(reply).toEqual({ outcome: 'done' })
    await expect.poll(() => isTaken(worker), { interval: 20, timeout: 3_000 }).toBe(false)
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

  it("does not reach the inspector's own handlers, which could not take it back", async () => {
    await using database = await createTestDatabase()
    const node = await startNode(database.url, withInspector)
    const own = { subscription: 'inspector.resume-handler', actorId }
    expect((await node.bus.execute(PauseHandler, own)).reply).toEqual({ outcome: 'protected' })
    expect(await node.storage.handlerSettings.findAll()).toEqual(new Map())
    await node.stop()
  })
})
