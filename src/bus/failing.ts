/** What becomes of a delivery whose attempt failed: tried again, discarded, or dead; and what is told of its death. */
import { type Catalog, textsOf } from './catalog.ts'
import { DeliveryDied } from './delivery-died.ts'
import type { Envelope } from './envelope.ts'
import { judge, type Verdict } from './error-rules.ts'
import { type RecordedError, recordError } from './errors.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Subscription } from './handlers.ts'
import { Interruption } from './interruption.ts'
import type { Outages } from './outage.ts'
import { collectOutgoing } from './outgoing.ts'
import type { ClaimedDelivery, Clock, Outcome, PlannedMessage, Storage } from './ports.ts'
import { planMessage } from './publishing.ts'
import type { Registered, Registry } from './registry.ts'
import { nextDelay } from './retry-policy.ts'
import { limitTime } from './time-limit.ts'

interface Parts {
  catalog: Catalog
  storage: Pick<Storage, 'knownTexts'>
  registry: Registry
  clock: Clock
  random: () => number
  outages: Outages
}

export interface Failure {
  error: Error
  recorded: RecordedError
  outcome: Extract<Outcome, { error: RecordedError }>
  /** What leaves with the settlement. */
  messages: readonly PlannedMessage[]
}

/** Decides about a failed attempt by the handler's rules and its retry policy. */
export async function decideFailure(
  parts: Parts,
  registered: Registered,
  delivery: ClaimedDelivery,
  thrown: unknown,
): Promise<Failure> {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const recorded = recordError(thrown, await hiddenTexts(parts, delivery, registered.subscription))
  const verdict = judge(registered.subscription.errors, error)
  if (verdict.verdict === 'policy' || verdict.verdict === 'retry') {
    const probeInMs = await parts.outages.failed(delivery.subscription)
    if (probeInMs !== null) return retry({ error, recorded }, probeInMs, true)
  } else {
    // Nothing but its own contents was to blame.
    parts.outages.saidNothing(delivery.subscription)
  }
  const delayMs = delayOf(parts, registered, delivery, verdict)
  if (delayMs !== null) return retry({ error, recorded }, delayMs, false)
  const fingerprint = fingerprintOf(recorded, delivery.subscription)
  if (verdict.verdict === 'discard') {
    const reason = `A rule of its handler discards ${recorded.name}: ${recorded.message}`.slice(0, 500)
    return { error, recorded, outcome: { outcome: 'discarded', error: recorded, fingerprint, reason }, messages: [] }
  }
  return decideDeath(parts, registered, delivery, { error, recorded })
}

function retry({ error, recorded }: Pick<Failure, 'error' | 'recorded'>, delayMs: number, isSpared: boolean): Failure {
  return { error, recorded, outcome: { outcome: 'retry', error: recorded, delayMs, isSpared }, messages: [] }
}

/** The delivery is given up: its handler's last word and the fault event leave with the settlement. */
export async function decideDeath(
  parts: Parts,
  registered: Registered,
  delivery: ClaimedDelivery,
  { error, recorded }: Pick<Failure, 'error' | 'recorded'>,
): Promise<Failure> {
  const fingerprint = fingerprintOf(recorded, delivery.subscription)
  const { messages, reason } = await lastWord(parts, registered, delivery, error)
  return {
    error,
    recorded,
    outcome: { outcome: 'dead', error: recorded, fingerprint, reason },
    messages: [...messages, ...faultEvent(parts, delivery, recorded, fingerprint)],
  }
}

/** Until the next attempt, or null when there is to be none. */
function delayOf(
  { random }: Parts,
  { retry }: Registered,
  { attempt, maxAttempts }: ClaimedDelivery,
  verdict: Verdict,
): number | null {
  if (verdict.verdict === 'dead' || verdict.verdict === 'discard') return null
  // An operator's retry grants the policy's attempts again: count from where the grant began.
  const granted = attempt - (maxAttempts - retry.maxAttempts)
  const delayMs = nextDelay(retry, Math.max(1, granted), random())
  return delayMs !== null && verdict.verdict === 'retry' ? verdict.delayMs : delayMs
}

interface LastWord {
  messages: PlannedMessage[]
  /** Why there is none, where there should be one. */
  reason: string | null
}

/** What the handler's `onDead` sends. When that fails too, the delivery dies all the same, and says so. */
async function lastWord(
  parts: Parts,
  { subscription }: Registered,
  delivery: ClaimedDelivery,
  error: Error,
): Promise<LastWord> {
  const { onDead } = subscription
  if (!onDead) return { messages: [], reason: null }
  try {
    const { body } = parts.catalog.decode(delivery.envelope, subscription.message)
    const abort = new Interruption()
    const outgoing = collectOutgoing(parts, { delivery, subscription, body, abort })
    const { send, publish } = outgoing
    await limitTime(subscription.timeoutMs, abort, () =>
      onDead(body, { envelope: delivery.envelope, error, signal: abort.signal, send, publish }),
    )
    return { messages: outgoing.close(), reason: null }
  } catch (thrown) {
    const { name, message } = recordError(thrown, await hiddenTexts(parts, delivery, subscription))
    return {
      messages: [],
      reason: `What it does about a dead delivery failed as well: ${name}: ${message}`.slice(0, 500),
    }
  }
}

/** One for each death; none for the death of a delivery of this event itself, which could go on for ever. */
function faultEvent(
  parts: Parts,
  { deliveryId, subscription, envelope }: ClaimedDelivery,
  { name, code }: RecordedError,
  fingerprint: string,
): PlannedMessage[] {
  if (envelope.name === DeliveryDied.name || !parts.registry.definitions.includes(DeliveryDied)) return []
  const { messageId } = envelope
  const body = {
    deliveryId,
    messageId,
    messageName: envelope.name,
    subscription,
    errorName: name,
    errorCode: code,
    fingerprint,
  }
  const cause = { envelope, deliveryId }
  return [planMessage(parts, { expected: 'event', definition: DeliveryDied, body, options: {}, cause })]
}

/** What says who it is about: to be struck out of what is kept of an error, whether the handler read it here or in a table. */
async function hiddenTexts(
  { catalog, storage }: Parts,
  { envelope }: ClaimedDelivery,
  { message }: Subscription,
): Promise<string[]> {
  const { subjectId } = envelope
  // Where it cannot be asked, what is kept of the error cannot be stored either.
  const known = subjectId === null ? [] : await storage.knownTexts(subjectId).catch(() => [])
  return [...known, ...classifiedTexts(catalog, envelope, message)]
}

/** Values of classified fields; all there are, where nothing says which. */
function classifiedTexts(catalog: Catalog, envelope: Envelope, expected: Subscription['message']): string[] {
  try {
    const { definition, body } = catalog.decode(envelope, expected)
    return catalog.hidden(definition, body)
  } catch {
    return textsOf(envelope.body)
  }
}
