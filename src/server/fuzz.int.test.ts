/** Whatever anybody sends to any procedure or socket: no fault of ours, and nothing that the table of rights forbids. */
import fc from 'fast-check'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Subscribed } from '../inspector/model/feed-protocol.ts'
import { mayCall } from '../web/rights.ts'
import {
  type ApiStage,
  CALLERS,
  CALLERS_PASSWORD,
  type Caller,
  definitionOf,
  openApi,
  proceduresOf,
  roleOfCaller,
} from './testing/api-stage.ts'
import { inputsFor, type KnownWords } from './testing/arbitrary-input.ts'

/** Of each procedure, as each caller who may. */
const RUNS = 4
const SOCKET_RUNS = 150
/** On a machine that does much else. */
const LONG_MS = 180_000

let stage: ApiStage
let known: KnownWords
beforeAll(async () => {
  stage = await openApi()
  for (const name of ['Ada', 'Grace']) {
    const input = { name, email: `${name}@example.com`, password: CALLERS_PASSWORD, phone: '+491701234567' }
    await stage.call('accounts.signUp', { input: { ...input, idempotencyKey: crypto.randomUUID() } })
  }
  // What the sign-ups set off is done: from then on nothing is done that nobody asks for.
  await vi.waitFor(async () => expect(await countDue()).toBe(0), { timeout: LONG_MS, interval: 200 })
  known = await knownWords()
}, LONG_MS)
afterAll(() => stage[Symbol.asyncDispose]())

async function countDue(): Promise<number> {
  const { rowCount } = await stage.app.storage.pool.query(
    `SELECT FROM deliveries WHERE state = 'running' OR (state IN ('pending', 'retrying') AND due_at <= now())`,
  )
  return rowCount ?? 0
}

/**
 * What a real attacker would know, too: ids and names that exist. Not those of the callers themselves: the operator would
 * make an operator of the member, and whoever is asked for next would be another than their name says.
 */
async function knownWords(): Promise<KnownWords> {
  const { pool } = stage.app.storage
  const { rows } = await pool.query<{ id: string }>(
    `(SELECT id FROM messages LIMIT 20) UNION (SELECT id FROM deliveries LIMIT 20) UNION
     (SELECT id FROM users WHERE id <> ALL ($1::uuid[]) LIMIT 10) UNION (SELECT conversation_id FROM messages LIMIT 10)`,
    [Object.values(stage.userIds)],
  )
  // Of handlers one on which nothing waits: a fault set on another would be a fault indeed.
  // Not the password of those who call: with it they would delete their accounts, and all after that would be refused.
  const texts = ['insights.count-sign-up', 'accounts.create-user ', 'state:dead error:~x', 'Ada@example.com']
  return { ids: rows.map((row) => row.id), texts }
}

/** All that somebody could have done. */
async function done(): Promise<unknown> {
  const { rows } = await stage.app.storage.pool.query(
    `SELECT (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM deliveries) AS deliveries,
       (SELECT count(*) FROM saved_views) AS views, (SELECT count(*) FROM faults) AS faults,
       (SELECT array_agg(role ORDER BY id) FROM users) AS roles`,
  )
  return rows[0]
}

const SIGNS_OF_A_STACK = /"stack"|\n\s+at |node_modules|\.ts:\d+/

test(
  'what the table forbids is refused, whatever is sent, and nothing is done',
  async () => {
    const before = await done()
    const problems: string[] = []
    for (const procedure of proceduresOf(stage.api)) {
      const forbidden = CALLERS.filter((each) => !mayCall(procedure, roleOfCaller(each)))
      const inputs = fc.sample(inputsFor(definitionOf(stage.api, procedure).inputs, known), forbidden.length)
      for (const [place, caller] of forbidden.entries()) {
        const { status } = await stage.call(procedure, { caller, input: inputs[place] })
        if (status !== (caller === 'anonymous' ? 401 : 403)) problems.push(`${procedure} as ${caller}: ${status}`)
      }
    }
    expect(problems).toEqual([])
    expect(await done()).toEqual(before)
  },
  LONG_MS,
)

test(
  'whatever anybody may call is answered, without a fault and without a word about our code',
  async () => {
    const problems: string[] = []
    const statuses = new Map<string, number>()
    for (const procedure of proceduresOf(stage.api)) {
      const inputs = inputsFor(definitionOf(stage.api, procedure).inputs, known)
      for (const caller of CALLERS.filter((each) => mayCall(procedure, roleOfCaller(each)))) {
        const { failed, counterexample, seed } = await fc.check(
          fc.asyncProperty(inputs, async (input) => {
            // With a session of its own: what a call did to the one before is no reason to refuse this one.
            const { status, text } = await answerTo(procedure, caller, input)
            count(statuses, `${caller} ${status}`)
            return status < 500 && status !== 401 && status !== 403 && !SIGNS_OF_A_STACK.test(text)
          }),
          { numRuns: RUNS },
        )
        if (failed) problems.push(`${procedure} as ${caller}, seed ${seed}: ${fc.stringify(counterexample)}`)
      }
    }
    expect(problems).toEqual([])
    // Whoever calls gets in, and is not told each time that the input does not fit.
    for (const caller of CALLERS) expect(statuses.get(`${caller} 200`) ?? 0).toBeGreaterThan(5)
    expect(statuses.get('viewer 200')).toBeGreaterThan(60)
    expect(statuses.get('operator 200')).toBeGreaterThan(100)
  },
  LONG_MS,
)

async function answerTo(procedure: string, caller: Caller, input: unknown): Promise<{ status: number; text: string }> {
  const response = await stage.call(procedure, { caller, input })
  return { status: response.status, text: await response.text() }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

test.each(CALLERS)(
  'a socket of whoever is %s is answered whatever it sends, and follows nothing that is forbidden',
  async (caller) => {
    const socket = io(stage.url, {
      extraHeaders: { cookie: await stage.cookieOf(caller) },
      forceNew: true,
      reconnection: false,
    })
    try {
      const connected = await new Promise((resolve) => {
        socket.on('connect', () => resolve(true))
        socket.on('connect_error', () => resolve(false))
      })
      expect(connected).toBe(caller !== 'anonymous')
      if (!connected) return
      await fc.assert(
        fc.asyncProperty(rooms(), cursors(), async (room, since) => {
          const answer = await subscribe(socket, room, since)
          if (answer.ok && caller === 'member') expect(room).not.toMatchObject({ room: 'live' })
          if (!answer.ok) expect(['not-a-room', 'not-allowed']).toContain(answer.reason)
        }),
        { numRuns: SOCKET_RUNS },
      )
      for (const args of fc.sample(fc.array(fc.jsonValue(), { maxLength: 4 }), SOCKET_RUNS)) {
        socket.emit('unsubscribe', ...args)
        socket.emit('subscribe', ...args)
        socket.emit('no-such-event', ...args)
      }
      const nobodys = { room: 'conversation', conversationId: crypto.randomUUID() }
      expect((await subscribe(socket, nobodys, null)).ok).toBe(caller !== 'member')
      expect(socket.connected).toBe(true)
    } finally {
      socket.disconnect()
    }
  },
)

function subscribe(socket: Socket, room: unknown, since: unknown): Promise<Subscribed> {
  return socket.timeout(5_000).emitWithAck('subscribe', room, since) as Promise<Subscribed>
}

function rooms(): fc.Arbitrary<unknown> {
  const filter = fc.oneof(fc.constantFrom('state:dead', 'error:~', 'age:>5m', '\u0000', 'type:a\u0000'), fc.string())
  return fc.oneof(
    fc.record({ room: fc.constant('live'), filter }, { requiredKeys: ['room'] }),
    fc.record({
      room: fc.constant('conversation'),
      conversationId: fc.oneof(fc.uuid(), fc.constantFrom(...known.ids)),
    }),
    fc.jsonValue({ maxDepth: 2 }),
  )
}

function cursors(): fc.Arbitrary<unknown> {
  const number = fc.oneof(
    fc.nat(2_000),
    fc.constantFrom('9999999999999999999', '9223372036854775807', '18446744073709551615'),
  )
  const snapshot = fc.tuple(number, number, fc.array(number, { maxLength: 2 }))
  return fc.oneof(
    fc.constant(null),
    snapshot.map(([low, high, open]) => `${low}:${high}:${open.join(',')}`),
    fc.jsonValue({ maxDepth: 1 }),
  )
}
