import type { Storage } from '../ports.ts'
import { type Gate, gatedStorage } from './gated-storage.ts'

/** A node in this process that dies at a chosen call to its storage, as the storage sees it. */
export interface Life {
  storage: Storage
  /** For what is asked beside the storage. */
  gate: Gate
  /** What was asked so far, in order. */
  calls: readonly string[]
  /** Resolves when it is over. */
  died: Promise<void>
}

const NEVER = new Promise<never>(() => {})

/**
 * The k-th call is performed, and nobody hears of it: an open transaction is rolled back, and nothing that is asked
 * afterwards is ever performed or answered. To die before a call leaves what to die after the one before it leaves: so
 * every k is every state in which a node can leave its storage.
 */
export function mortalStorage(storage: Storage, k: number): Life {
  const calls: string[] = []
  const died = Promise.withResolvers<void>()
  const killed = died.promise.then(() => Promise.reject(new Error('The node was killed.')))
  killed.catch(() => {})
  let isOver = false
  const die = () => {
    isOver = true
    died.resolve()
  }
  /** Returns whether it is the last one. */
  const count = (call: string) => calls.push(call) === k
  const isDying = () => isOver || calls.length >= k
  /** Neither its answer nor its error reaches whoever has died meanwhile. */
  const heard = async <T>(made: Promise<T>): Promise<T> => {
    await made.catch(() => {})
    if (isOver) await NEVER
    return made
  }
  const gate: Gate = async (call, make) => {
    if (isDying()) return NEVER
    if (!count(call)) return heard(make())
    await make().catch(() => {})
    die()
    return NEVER
  }
  return {
    gate,
    calls,
    died: died.promise,
    storage: gatedStorage(storage, {
      each: gate,
      within: async (work) => {
        const result = await Promise.race([work, killed])
        // From here on it commits, whatever becomes of whoever asked for it.
        count('commit')
        return result
      },
      around: async (run) => {
        if (isDying()) return NEVER
        const made = run()
        const end = () => {
          if (calls.length >= k) die()
        }
        made.then(end, end)
        return heard(made)
      },
    }),
  }
}
