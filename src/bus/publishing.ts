import { type Catalog, MAX_BODY_BYTES, planDeliveries } from './catalog.ts'
import { type Envelope, newId } from './envelope.ts'
import { BusError } from './errors.ts'
import type { MessageDefinition } from './message.ts'
import type { Clock, PlannedMessage } from './ports.ts'
import type { Registry } from './registry.ts'
import { isStorable, pathOfUnstorable, UNSTORABLE } from './storable.ts'

export interface SendOptions {
  /** Not handled before this time. */
  at?: Date | undefined
  /** The same key for the same message type is accepted once; the answer is that of the first. */
  idempotencyKey?: string | undefined
  /** How long the idempotency key holds, in milliseconds. Default one day. */
  idempotencyWindowMs?: number | undefined
  /** Subscriptions that keep order handle messages of one key one after the other. */
  key?: string | undefined
  /** Not handled later than this after it is due, in milliseconds. Default: never stale. */
  ttlMs?: number | undefined
  messageId?: string | undefined
  conversationId?: string | undefined
}

const DEFAULT_IDEMPOTENCY_WINDOW_MS = 24 * 60 * 60_000

/** The delivery whose handler sends. */
export interface Cause {
  envelope: Envelope
  deliveryId: string
}

interface Planning {
  catalog: Catalog
  registry: Registry
  clock: Clock
}

interface Intent {
  /** What the caller's verb takes: a command is sent, an event published. */
  expected: 'command' | 'event'
  definition: MessageDefinition
  body: unknown
  options: SendOptions
  /** Null for the first message of a conversation. */
  cause: Cause | null
}

/**
 * Checks a message and everything it fans out to, before anything is stored.
 *
 * @throws BusError `wrong-kind`, `unknown-message`, `invalid-body`, `invalid-options`.
 */
export function planMessage(
  { catalog, registry, clock }: Planning,
  { expected, definition, body, options, cause }: Intent,
): PlannedMessage {
  checkKind(expected, definition)
  if (catalog.find(definition.name, definition.version) !== definition) {
    throw new BusError(
      'unknown-message',
      `${definition.name} v${definition.version} is declared by no module of this bus.`,
    )
  }
  const parsed = catalog.parse(definition, body)
  const sealed = catalog.seal(definition, parsed)
  checkBody(catalog, definition, sealed)
  checkOptions(definition, options)
  const now = clock.now()
  const messageId = options.messageId ?? newId(now.getTime())
  const key = options.key ?? null
  const dueAt = options.at ?? now
  return {
    envelope: {
      messageId,
      kind: definition.kind,
      name: definition.name,
      version: definition.version,
      body: sealed,
      conversationId: cause?.envelope.conversationId ?? options.conversationId ?? messageId,
      causationId: cause?.envelope.messageId ?? null,
      causationDeliveryId: cause?.deliveryId ?? null,
      subjectId: definition.subjectOf(parsed),
      idempotencyKey: options.idempotencyKey ?? null,
      key,
      occurredAt: now,
      dueAt,
      expiresAt: options.ttlMs === undefined ? null : new Date(dueAt.getTime() + options.ttlMs),
    },
    deliveries: planDeliveries({ registry, catalog }, definition, parsed, key).map((each) => ({
      ...each,
      deliveryId: newId(now.getTime()),
    })),
    idempotencyWindowMs: options.idempotencyWindowMs ?? DEFAULT_IDEMPOTENCY_WINDOW_MS,
  }
}

function checkKind(expected: 'command' | 'event', { kind, name }: MessageDefinition): void {
  if (kind === expected) return
  const advice =
    kind === 'command'
      ? 'is a command: send or execute it; only events are published'
      : 'is an event: publish it; only commands are sent'
  throw new BusError('wrong-kind', `${name} ${advice}.`)
}

function checkBody(catalog: Catalog, definition: MessageDefinition, body: unknown): void {
  const { name } = definition
  const json = JSON.stringify(body)
  const bytes = Buffer.byteLength(json)
  if (bytes > MAX_BODY_BYTES) {
    throw new BusError(
      'invalid-body',
      `${name}: the body has ${bytes} bytes, at most ${MAX_BODY_BYTES} are allowed. Store it elsewhere and send a reference.`,
    )
  }
  // What is personal is sealed, whatever it says.
  const path = pathOfUnstorable(json, () => catalog.sealPersonal(definition, 'body', body, () => null))
  if (path === undefined) return
  const issue = { path, expected: `a text without ${UNSTORABLE}` }
  throw new BusError('invalid-body', `${name} v${definition.version}: ${path}: expected ${issue.expected}`, {
    details: { issues: [issue] },
  })
}

/** An index takes no longer ones. */
const MAX_KEY_BYTES = 1_000
/** Later ones, and what lives on after them, are written in ways that not everybody reads. */
const LAST_TIME_MS = Date.UTC(9000, 0)

function checkOptions(
  { name }: MessageDefinition,
  { at, key, idempotencyKey, idempotencyWindowMs, ttlMs }: SendOptions,
): void {
  if (at !== undefined) checkTime(name, at)
  checkKey(name, 'key', key)
  checkKey(name, 'idempotencyKey', idempotencyKey)
  checkDuration(name, 'ttlMs', ttlMs)
  checkDuration(name, 'idempotencyWindowMs', idempotencyWindowMs)
}

/** @throws BusError `invalid-options`: what is no time would be taken for now. */
export function checkTime(name: string, at: Date): void {
  if (at.getTime() >= 0 && at.getTime() <= LAST_TIME_MS) return
  throw new BusError('invalid-options', `${name}: \`at\` is no time between the years 1970 and 9000.`)
}

function checkKey(name: string, option: 'key' | 'idempotencyKey', key: string | undefined): void {
  if (key === undefined) return
  const bytes = Buffer.byteLength(key)
  if (bytes > MAX_KEY_BYTES) {
    const text = `has ${bytes} bytes, at most ${MAX_KEY_BYTES} are allowed. Take an id, or a hash.`
    throw new BusError('invalid-options', `${name}: \`${option}\` ${text}`)
  }
  if (!isStorable(key)) throw new BusError('invalid-options', `${name}: \`${option}\` holds ${UNSTORABLE}.`)
}

const LONGEST_MS = 900 * 365 * 24 * 60 * 60_000

function checkDuration(name: string, option: 'ttlMs' | 'idempotencyWindowMs', ms: number | undefined): void {
  if (ms === undefined || (ms >= 0 && ms <= LONGEST_MS)) return
  const text = `is ${ms}: it must be a number of milliseconds, of 900 years at most.`
  throw new BusError('invalid-options', `${name}: \`${option}\` ${text}`)
}
