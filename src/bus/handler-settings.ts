import type { Tx } from './ports.ts'

/** A bucket of `count` tokens that fills up in `perMs` milliseconds; each attempt takes one, on whatever node. */
export interface RateLimit {
  count: number
  perMs: number
}

/** What operators set in place of what the handler declares; null keeps that. */
export interface HandlerLimits {
  /** Deliveries handled at once on one node. */
  concurrency: number | null
  rateLimit: RateLimit | null
}

/** How a handler runs from now on, on all nodes. */
export interface HandlerSettings extends HandlerLimits {
  /** Nothing of it is claimed; what runs goes on to its end, what is sent waits. */
  isPaused: boolean
}

export interface HandlerSettingsStore {
  /** The settings of the handlers that have any, by subscription. */
  findAll(): Promise<ReadonlyMap<string, HandlerSettings>>
  savePaused(tx: Tx, subscription: string, isPaused: boolean, actorId: string | null): Promise<void>
  saveLimits(tx: Tx, subscription: string, limits: HandlerLimits, actorId: string | null): Promise<void>
}
