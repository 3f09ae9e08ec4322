import type { FixtureOf } from '../../model/payload/payload-copies.ts'
import type { PayloadDiff } from '../../model/payload/payload-diff.ts'
import type { Folding, Found, KeyOrder, PayloadRow } from '../../model/payload/payload-rows.ts'
import type { PayloadSource } from '../../model/payload/payload-source.ts'

type Question =
  | { ask: 'open'; json: string }
  | { ask: 'rows'; folding: Folding; order: KeyOrder }
  | { ask: 'find'; text: string; order: KeyOrder }
  | { ask: 'text' | 'copied'; path: string }
  | { ask: 'json' | 'maskedPaths' }
  | { ask: 'fixture'; message: FixtureOf }
  | { ask: 'differencesFrom'; before: string }

export type PayloadQuestion = Question & { turn: number }
export type PayloadAnswer = { turn: number; value: unknown } | { turn: number; error: string }

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/**
 * A payload too large for the page: a worker parses it, and is asked for what is to be seen. Its worker starts with the
 * first question between `open` and `close`; nothing starts because it was made.
 */
export class PayloadInWorker implements PayloadSource {
  readonly #json: string
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #isOpen = false
  #turn = 0

  constructor(json: string) {
    this.#json = json
  }

  rows(folding: Folding, order: KeyOrder): Promise<readonly PayloadRow[]> {
    return this.#ask({ ask: 'rows', folding, order })
  }

  find(text: string, order: KeyOrder): Promise<readonly Found[]> {
    return this.#ask({ ask: 'find', text, order })
  }

  text(path: string): Promise<string> {
    return this.#ask({ ask: 'text', path })
  }

  copied(path: string): Promise<string> {
    return this.#ask({ ask: 'copied', path })
  }

  json(): Promise<string> {
    return this.#ask({ ask: 'json' })
  }

  maskedPaths(): Promise<readonly string[]> {
    return this.#ask({ ask: 'maskedPaths' })
  }

  fixture(message: FixtureOf): Promise<string> {
    return this.#ask({ ask: 'fixture', message })
  }

  differencesFrom(before: string): Promise<PayloadDiff> {
    return this.#ask({ ask: 'differencesFrom', before })
  }

  /** Somebody looks at it, perhaps again. */
  open(): void {
    this.#isOpen = true
  }

  /** Nobody looks at it any more. */
  close(): void {
    this.#isOpen = false
    this.#giveUp('It is closed.')
  }

  /** Whoever asks again begins anew. */
  #giveUp(problem: string): void {
    this.#worker?.terminate()
    this.#worker = undefined
    for (const { reject } of this.#waiting.values()) reject(new Error(problem))
    this.#waiting.clear()
  }

  #ask<Value>(question: Question): Promise<Value> {
    if (!this.#isOpen) return Promise.reject(new Error('It is closed.'))
    this.#worker ??= this.#start()
    return this.#post(this.#worker, question) as Promise<Value>
  }

  #start(): Worker {
    const worker = new Worker(new URL('./payload-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<PayloadAnswer>) => {
      const waiting = this.#waiting.get(data.turn)
      this.#waiting.delete(data.turn)
      if ('error' in data) waiting?.reject(new Error(data.error))
      else waiting?.resolve(data.value)
    })
    worker.addEventListener('error', () => this.#giveUp('Its worker stopped. Open the message again.'))
    // What is no JSON is told to whoever asks next.
    this.#post(worker, { ask: 'open', json: this.#json }).catch(() => undefined)
    return worker
  }

  #post(worker: Worker, question: Question): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#turn += 1
    this.#waiting.set(this.#turn, { resolve, reject })
    const sent: PayloadQuestion = { ...question, turn: this.#turn }
    worker.postMessage(sent)
    return promise
  }
}
