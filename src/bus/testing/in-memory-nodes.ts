import type { NodeStore } from '../ports.ts'

const DAY_MS = 24 * 60 * 60_000

interface Lead {
  node: string
  until: number
}

/** What the nodes on one storage know of each other, in the memory of one process. */
export class InMemoryNodes {
  readonly #beats = new Map<string, number>()
  readonly #leads = new Map<string, Lead>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** As one node sees it. */
  of(node: string): NodeStore {
    return {
      beat: async () => void this.#beats.set(node, this.#now()),
      leave: async () => {
        this.#beats.set(node, this.#now())
        for (const [job, lead] of this.#leads) if (lead.node === node) this.#leads.delete(job)
      },
      lead: async (job, leaseMs) => {
        const lead = this.#leads.get(job)
        if (lead && lead.node !== node && lead.until >= this.#now()) return false
        this.#leads.set(job, { node, until: this.#now() + leaseMs })
        return true
      },
      forget: async () => {
        const gone = [...this.#beats].filter(([, at]) => at < this.#now() - DAY_MS)
        for (const [each] of gone) this.#beats.delete(each)
        return gone.length
      },
    }
  }
}
