import type { OutageStore } from '../ports.ts'

interface StoredOutage {
  since: Date
  probeAt: number
}

/** Outages in the memory of one process. */
export function createInMemoryOutages(now: () => number): OutageStore {
  const outages = new Map<string, StoredOutage>()
  return {
    list: async () =>
      [...outages].map(([subscription, { since, probeAt }]) => ({ subscription, since, probeInMs: probeAt - now() })),
    begin: async (subscription, probeInMs) => {
      if (outages.has(subscription)) return false
      outages.set(subscription, { since: new Date(now()), probeAt: now() + probeInMs })
      return true
    },
    takeProbe: async (subscription, holdMs) => {
      const outage = outages.get(subscription)
      if (!outage || outage.probeAt > now()) return false
      outage.probeAt = now() + holdMs
      return true
    },
    postponeProbe: async (subscription, probeInMs) => {
      const outage = outages.get(subscription)
      if (outage) outage.probeAt = now() + probeInMs
    },
    end: async (subscription) => outages.delete(subscription),
  }
}
