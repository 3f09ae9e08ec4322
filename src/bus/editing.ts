import type { Catalog } from './catalog.ts'
import type { Envelope } from './envelope.ts'
import { BusError } from './errors.ts'
import type { Clock, DeliveryStore, Outbox, PlannedMessage, Tx } from './ports.ts'
import { planMessage } from './publishing.ts'
import type { Registry } from './registry.ts'

interface PlanningParts {
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
export function planEdited(parts: PlanningParts, { original, deliveryId, subscription, edited }: Edit): PlannedMessage {
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

interface ReplacingParts {
  deliveries: Pick<DeliveryStore, 'hold' | 'replace'>
  outbox: Pick<Outbox, 'add'>
  planEdited(edit: Edit): Promise<PlannedMessage>
}

type Issue = { path: string; expected: string }

/** What became of an edit. */
export type EditOutcome =
  | { outcome: 'retried'; messageId: string }
  /** The contract of its handler does not allow it: nothing is changed. */
  | { outcome: 'invalid'; issues: Issue[] }
  /** Somebody has resolved the delivery already: how. */
  | { outcome: 'resolved'; state: string; reason: string | null }
  | { outcome: 'unknown' }

/** The new message, the end of the original and the link between them are one fact. `json`: the edited body. */
export async function editAndRetry(
  { deliveries, outbox, planEdited }: ReplacingParts,
  tx: Tx,
  { deliveryId, json }: { deliveryId: string; json: string },
): Promise<EditOutcome> {
  const failed = await deliveries.hold(tx, deliveryId)
  if (!failed) return { outcome: 'unknown' }
  const { state, reason, subscription, envelope: original } = failed
  if (state !== 'dead') return { outcome: 'resolved', state, reason }
  const planned = await planOrIssues(async () =>
    planEdited({ original, deliveryId, subscription, edited: parse(json) }),
  )
  if (!('envelope' in planned)) return { outcome: 'invalid', issues: planned.issues }
  const { messageId } = planned.envelope
  await outbox.add(tx, [planned])
  await deliveries.replace(tx, deliveryId, messageId)
  return { outcome: 'retried', messageId }
}

class NotJson extends Error {}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new NotJson('This is no JSON.', { cause })
  }
}

/** What the handler's contract says against it is an answer, not a fault. */
async function planOrIssues(perform: () => Promise<PlannedMessage>): Promise<PlannedMessage | { issues: Issue[] }> {
  try {
    return await perform()
  } catch (error) {
    if (error instanceof NotJson) return { issues: [{ path: '', expected: error.message }] }
    if (!(error instanceof BusError)) throw error
    const { issues } = error.details
    return { issues: Array.isArray(issues) ? (issues as Issue[]) : [{ path: '', expected: error.message }] }
  }
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
