import fc from 'fast-check'
import type { Socket } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Changes, Subscribed } from '../model/feed-protocol.ts'
import { MessageList } from '../model/message-list.ts'
import { aMessage } from '../model/testing/views.ts'
import { FeedClient } from './feed-client.ts'

type Listener = (value?: unknown) => void

/** A server whose log is messages in commit order, and a line to it that can be cut, be slow, or leave batches out. */
class Line {
  readonly committed: string[] = []
  readonly #listeners = new Map<string, Listener>()
  /** Answers that are on their way, with what they had read. */
  readonly #answers: (() => void)[] = []
  #pushed = 0
  #isUp = false
  isAtALoss = false
  connected = false

  readonly socket = {
    on: (name: string, listener: Listener) => this.#listeners.set(name, listener),
    off: (name: string) => this.#listeners.delete(name),
    connect: () => this.mend(),
    emit: (name: string, _room: unknown, since: string | null, answer: (answer: Subscribed) => void) => {
      if (name !== 'subscribe') return
      const to = this.committed.length
      const page = Math.min(to, (since === null ? 0 : Number(since)) + 3)
      const end = since === null ? to : page
      const messages = this.#messages(since === null ? 0 : Number(since), end)
      const read: Subscribed = {
        ok: true,
        isAfresh: since === null,
        messages,
        deliveries: [],
        cursor: String(end),
        complete: end === to,
        missed: since === null ? null : to - Number(since),
        end: String(this.#pushed),
      }
      const said: Subscribed = this.isAtALoss ? { ok: false, reason: 'unavailable' } : read
      this.#answers.push(() => answer(said))
    },
  } as unknown as Socket

  commit(): void {
    this.committed.push(`m${String(this.committed.length).padStart(4, '0')}`)
  }

  /** Pushes what is new, or leaves the batch out as for a viewer that is behind. */
  push(isSent: boolean): void {
    const from = this.#pushed
    this.#pushed = this.committed.length
    const messages = this.#messages(from, this.#pushed)
    const changes: Changes = { room: 'live', messages, deliveries: [], from: String(from), to: String(this.#pushed) }
    if (isSent && this.#isUp && this.#pushed > from) this.#tell('changes', changes)
  }

  answer(): void {
    this.#answers.shift()?.()
  }

  get isAnswering(): boolean {
    return this.#answers.length > 0
  }

  cut(): void {
    if (!this.#isUp) return
    this.#isUp = false
    this.#answers.length = 0
    this.#tell('disconnect', 'transport close')
  }

  mend(): void {
    if (this.#isUp) return
    this.#isUp = true
    this.#tell('connect')
  }

  #tell(name: string, value?: unknown): void {
    this.#listeners.get(name)?.(value)
  }

  #messages(from: number, to: number): Changes['messages'] {
    return this.committed.slice(from, to).map((id) => aMessage(id))
  }
}

const follow = () => {
  const line = new Line()
  const client = new FeedClient(line.socket, { room: 'live' }, new MessageList(1_000))
  client.subscribe(() => {})
  const ids = () => client.state.messages.map((each) => each.messageId)
  return { line, client, ids }
}

afterEach(() => void vi.useRealTimers())

describe('a viewer of the feed', () => {
  it('ends with every message once, whatever was cut, left out or late', () => {
    const steps = fc.array(fc.constantFrom('commit', 'push', 'leave out', 'answer', 'cut', 'mend'), { maxLength: 120 })
    fc.assert(
      fc.property(steps, (made) => {
        const { line, client, ids } = follow()
        const run = {
          commit: () => line.commit(),
          push: () => line.push(true),
          'leave out': () => line.push(false),
          answer: () => line.answer(),
          cut: () => line.cut(),
          mend: () => line.mend(),
        }
        for (const step of made) run[step]()
        line.mend()
        // The next batch shows a hole where there is one.
        line.commit()
        line.push(true)
        for (let rounds = 0; line.isAnswering && rounds < 200; rounds += 1) line.answer()
        expect(ids()).toEqual(line.committed)
        expect(client.state).toMatchObject({ connection: 'live', missed: 0 })
      }),
      { numRuns: 500 },
    )
  })

  it('says exactly how many it missed while they are filled in', () => {
    const { line, client } = follow()
    line.answer()
    line.cut()
    expect(client.state.connection).toBe('offline')
    for (let each = 0; each < 7; each += 1) line.commit()
    line.mend()
    expect(client.state).toMatchObject({ connection: 'catching up', missed: null })
    line.answer()
    expect(client.state).toMatchObject({ connection: 'catching up', missed: 7 })
    line.answer()
    line.answer()
    expect(client.state).toMatchObject({ connection: 'live', missed: 0 })
  })

  it('asks again where the server could not answer just now', () => {
    vi.useFakeTimers()
    const { line, client, ids } = follow()
    line.answer()
    line.cut()
    line.commit()
    line.isAtALoss = true
    line.mend()
    line.answer()
    expect(client.state.connection).toBe('stale')
    line.isAtALoss = false
    vi.advanceTimersByTime(1_000)
    line.answer()
    expect(client.state.connection).toBe('live')
    expect(ids()).toEqual(line.committed)
  })

  it('sees at once that a batch was left out', () => {
    const { line, client, ids } = follow()
    line.answer()
    line.commit()
    line.push(true)
    line.commit()
    line.push(false)
    line.commit()
    line.push(true)
    expect(client.state.connection).toBe('catching up')
    line.answer()
    expect(ids()).toEqual(line.committed)
  })
})
