import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '../../bus/index.ts'
import { CreateUser } from '../../modules/accounts/messages.ts'
import type { Application } from '../compose.ts'

const CALLERS = 4
/** Of each caller: as many as a small machine handles, so that nothing piles up. */
const PAUSE_MS = 250
const ASK_AGAIN_MS = 100

/** People who sign up, and ask again, with the same key, until they are told that they were heard. */
export class Load {
  readonly #web: Application
  #isWanted = true
  #heard = 0
  readonly #callers: Promise<void>[]

  constructor(web: Application) {
    this.#web = web
    this.#callers = Array.from({ length: CALLERS }, () => this.#call())
  }

  /** Ends it. Returns how many signed up. */
  async stop(): Promise<number> {
    this.#isWanted = false
    await Promise.all(this.#callers)
    return this.#heard
  }

  async #call(): Promise<void> {
    while (this.#isWanted) {
      await this.#signUp()
      this.#heard += 1
      await delay(PAUSE_MS)
    }
  }

  async #signUp(): Promise<void> {
    const userId = newId()
    const phone = this.#heard % 3 === 0 ? '+4917012345678' : null
    const body = { userId, name: 'Ada', email: `${userId}@example.com`, phone, passwordHash: 'not a real hash' }
    for (;;) {
      try {
        await this.#web.bus.send(CreateUser, body, { idempotencyKey: userId })
        return
      } catch {
        await delay(ASK_AGAIN_MS)
      }
    }
  }
}
