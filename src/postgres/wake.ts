import { EventEmitter } from 'node:events'
import type { Pool } from 'pg'
import type { Wake, WakeTopic } from '../bus/index.ts'
import { ListenConnection } from './listen-connection.ts'

const CHANNEL = 'waybill_wake'
const COALESCE_MS = 20

/**
 * Wakes listeners of this node at once, and those of other nodes by a NOTIFY. The NOTIFY is sent after the
 * commit, on another connection, and at most every 20 ms: inside the publishing transaction it would make all
 * commits of the database wait for each other.
 */
export class PostgresWake implements Wake {
  readonly #emitter = new EventEmitter().setMaxListeners(0)
  readonly #pool: Pool
  readonly #node: string
  readonly #listening: ListenConnection
  #notifyTimer: NodeJS.Timeout | undefined
  #isStopped = false
  /** The strongest topic that listeners here are about to be told of. */
  #next: WakeTopic | null = null
  /** The strongest topic that other nodes have not been told of. */
  #untold: WakeTopic = 'change'

  constructor(options: { pool: Pool; url: string; node: string }) {
    this.#pool = options.pool
    this.#node = options.node
    this.#listening = new ListenConnection({
      url: options.url,
      channel: CHANNEL,
      onNotification: (payload) => {
        const { node, topic } = parse(payload)
        if (node !== this.#node) this.#emitter.emit('wake', topic)
      },
      onRestored: () => this.#emitter.emit('wake', 'work'),
    })
  }

  /** Hears other nodes from now on. A lost connection is rebuilt; meanwhile the slow polls bound the delay. */
  start(): Promise<void> {
    return this.#listening.start()
  }

  /** Whether it hears other nodes at this moment. */
  get isListening(): boolean {
    return this.#listening.isListening
  }

  signal(topic: WakeTopic): void {
    // Whoever has committed goes on first, and what commits at the same time is told together.
    if (this.#next === null) setImmediate(() => this.#tellHere())
    if (this.#next !== 'work') this.#next = topic
    this.tellOthers(topic)
  }

  tellOthers(topic: WakeTopic): void {
    if (this.#isStopped) return
    if (topic === 'work') this.#untold = 'work'
    this.#notifyTimer ??= setTimeout(() => void this.#notify(), COALESCE_MS)
  }

  listen(listener: (topic: WakeTopic) => void): () => void {
    this.#emitter.on('wake', listener)
    return () => this.#emitter.off('wake', listener)
  }

  #tellHere(): void {
    const topic = this.#next
    this.#next = null
    this.#emitter.emit('wake', topic)
  }

  async #notify(): Promise<void> {
    clearTimeout(this.#notifyTimer)
    this.#notifyTimer = undefined
    const payload = `${this.#untold} ${this.#node}`
    this.#untold = 'change'
    // Lost when the database is away: the other nodes poll.
    await this.#pool.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]).catch(() => {})
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    // What this node did last is work for the others.
    if (this.#notifyTimer) await this.#notify()
    await this.#listening.stop()
  }
}

function parse(payload: string): { topic: WakeTopic; node: string } {
  const [topic, node = ''] = payload.split(' ', 2)
  return { topic: topic === 'change' ? 'change' : 'work', node }
}
