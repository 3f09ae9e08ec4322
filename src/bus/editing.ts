import type { Catalog } from './catalog.ts'
import type { Envelope } from './envelope.ts'
import { BusError } from './errors.ts'
import type { Clock, PlannedMessage } from './ports.ts'
import { planMessage } from './publishing.ts'
import type { Registry } from './registry.ts'

interface Parts {
  catalog: Catalog
  registry: Registry
  clock: Clock
}

export interface Edit {
  /** The message as it is stored. */
  original: Envelope
  /** The delivery that is given up for it. */
  deliveryId: string
  subscription: string
  /** The new body. Where it holds a masked value, the original's stays as it is. */
  edited: unknown
}

/**
 * A new message in place of one that could not be handled: for the one subscription that failed, caused by the
 * original, and checked by what its handler understands today.
 *
 * @throws BusError `no-handler`, `invalid-body` (details hold the issues), `unsealable`.
 */
export function planEdited(parts: Parts, { original, deliveryId, subscription, edited }: Edit): PlannedMessage {
  const registered = parts.registry.subscriptions.get(subscription)
  if (!registered) throw new BusError('no-handler', `This build has no subscription ${subscription}.`)
  const definition = registered.subscription.message
  const { name, version } = original
  const before = parts.catalog.open(name, version, original.body)
  const planned = planMessage(parts, {
    expected: definition.kind,
    definition,
    body: keepMasked(edited, before),
    options: original.key === null ? {} : { key: original.key },
    cause: { envelope: original, deliveryId },
  })
  return { ...planned, deliveries: planned.deliveries.filter((each) => each.subscription === subscription) }
}

function keepMasked(edited: unknown, before: unknown): unknown {
  if (isMasked(edited)) return before
  if (Array.isArray(edited)) return edited.map((item, index) => keepMasked(item, itemOf(before, index)))
  if (typeof edited !== 'object' || edited === null) return edited
  return Object.fromEntries(Object.entries(edited).map(([key, item]) => [key, keepMasked(item, itemOf(before, key))]))
}

function isMasked(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const [[key, masked] = [], ...more] = Object.entries(value)
  return key === 'masked' && more.length === 0 && ['personal', 'secret', 'unknown', 'erased'].includes(String(masked))
}

function itemOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined
}
