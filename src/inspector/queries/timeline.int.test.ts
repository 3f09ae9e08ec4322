import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertConversation } from '../../../bench/inspector/insert-conversation.ts'
import { newId } from '../../bus/index.ts'
import { createTestDatabase } from '../../server/database/testing.ts'
import { unpackTimeline } from '../model/timeline/packed.ts'
import { findTimeline } from './timeline.ts'

describe('the timeline of a conversation', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let pool: pg.Pool

  beforeAll(async () => {
    database = await createTestDatabase()
    pool = new pg.Pool({ connectionString: database.url, max: 2 })
    pool.on('error', () => {})
  })
  afterAll(async () => {
    await pool.end()
    await database.drop()
  })

  it('holds every message, delivery and failure in order, and no body', async () => {
    const id = await insertConversation(pool, 10, 2)
    const packed = (await findTimeline(pool, id))!
    const { timeline, at, cursor, isTruncated } = unpackTimeline(packed)
    expect(packed).not.toContain('xxx')
    expect(isTruncated).toBe(false)
    expect(cursor).toMatch(/^\d+:\d+:/)
    expect(Math.abs(at - Date.now())).toBeLessThan(60_000)
    expect(timeline.messages.map((each) => each.at)).toEqual(
      timeline.messages.map((each) => each.at).toSorted((a, b) => a - b),
    )
    expect(timeline.messages[4]?.causeId).toBe(timeline.messages[1]?.id)
    for (const message of timeline.messages) {
      expect(message.deliveries.map((each) => [each.messageId, each.position, each.failures.length])).toEqual(
        message.deliveries.map((each, index) => [message.id, index, each.attempt > 1 ? 1 : 0]),
      )
    }
  })

  it('is null where there is no such conversation', async () => {
    expect(await findTimeline(pool, newId())).toBeNull()
  })

  it('of 5,000 messages and 20,000 deliveries comes whole, from one statement', async () => {
    const id = await insertConversation(pool, 5_000, 4)
    const { timeline } = unpackTimeline((await findTimeline(pool, id))!)
    expect(timeline.messages).toHaveLength(5_000)
    expect(timeline.messages.flatMap((each) => each.deliveries)).toHaveLength(20_000)
  })
})
