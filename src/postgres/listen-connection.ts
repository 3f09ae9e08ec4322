import pg from 'pg'
import { backOffMs } from '../bus/index.ts'

const WATCH_MS = 5_000
const ANSWER_WITHIN_MS = 5_000

interface Options {
  url: string
  channel: string
  onNotification(payload: string): void
  /** It was lost and is there again: what was said meanwhile has not been heard. */
  onRestored(): void
}

/**
 * The connection that hears what other nodes say. It is asked for a sign of life every five seconds, because one that
 * a network has dropped says nothing and looks the same as a quiet one; a lost one is rebuilt, for as long as it takes.
 *
 * idle ──start──▶ listening ⇄ lost ──stop──▶ stopped
 */
export class ListenConnection {
  readonly #options: Options
  #client: pg.Client | undefined
  #timer: NodeJS.Timeout | undefined
  #failures = 0
  #isListening = false
  #isStopped = false

  constructor(options: Options) {
    this.#options = options
  }

  get isListening(): boolean {
    return this.#isListening
  }

  /** @throws when the first connection fails; later ones are tried again. */
  start(): Promise<void> {
    return this.#open()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#isListening = false
    clearTimeout(this.#timer)
    await this.#client?.end().catch(() => {})
  }

  async #open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      application_name: 'waybill listen',
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
    })
    client.on('error', () => this.#lose(client))
    client.on('end', () => this.#lose(client))
    client.on('notification', ({ payload }) => this.#options.onNotification(payload ?? ''))
    this.#client = client
    try {
      await client.connect()
      await client.query(`LISTEN ${this.#options.channel}`)
    } catch (error) {
      this.#lose(client)
      throw error
    }
    if (this.#isStopped) return
    this.#failures = 0
    this.#isListening = true
    this.#watch(client)
  }

  #watch(client: pg.Client): void {
    this.#timer = setTimeout(() => {
      client.query('SELECT').then(
        () => this.#client === client && !this.#isStopped && this.#watch(client),
        () => this.#lose(client),
      )
    }, WATCH_MS)
  }

  #lose(client: pg.Client): void {
    if (this.#isStopped || this.#client !== client) return
    this.#client = undefined
    this.#isListening = false
    client.end().catch(() => {})
    this.#failures += 1
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#open().then(this.#options.onRestored, () => {})
    }, backOffMs(this.#failures))
  }
}
