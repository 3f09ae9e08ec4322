import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { whileAlive } from '../child.ts'
import type { Database } from '../server.ts'

/** Of each event: five deliveries are made, and five are settled. */
const CHANGES_PER_EVENT = 10

/** Real traffic through the bus, at a rate that can be changed. */
export class Traffic {
  readonly #child: ChildProcess
  readonly #database: Database

  private constructor(child: ChildProcess, database: Database) {
    this.#child = child
    this.#database = database
  }

  static async start(database: Database, defer: (child: ChildProcess) => void): Promise<Traffic> {
    const child = fork(path.join(import.meta.dirname, 'generator.ts'), [database.url])
    defer(child)
    await whileAlive(child, once(child, 'message'))
    return new Traffic(child, database)
  }

  setChangesPerSecond(changes: number): void {
    this.#child.send(changes / CHANGES_PER_EVENT)
  }

  /** Sends no more; resolves when all that was sent is settled. */
  async stop(): Promise<void> {
    this.setChangesPerSecond(0)
    const open = `SELECT FROM deliveries WHERE subscription LIKE 'bench.%' AND settled_at IS NULL LIMIT 1`
    while ((await this.#database.query(open)).length > 0) await delay(100)
  }
}
