/**
 * A conversation as a file, `.busrec`: JSON of one form, which says of itself which version of that form it is. Docs:
 * `docs/recordings.md`. What is personal or secret is masked in it; times are milliseconds since 1970.
 */
import { z } from 'zod'
import { DELIVERY_STATES } from '../../../bus/message.ts'
import type { SteppedProcess } from '../process-view.ts'
import { MOST_MESSAGES, type Timeline } from '../timeline/timeline.ts'

/** Counts up whenever an older inspector could not read a new file. */
export const RECORDING_VERSION = 1

/** A larger file is not read at all. */
export const MOST_BYTES = 64 * 1_024 * 1_024
const MOST_DELIVERIES = 1_000
const MOST_FAILURES = 1_000
const MOST_PROCESSES = 100
const MOST_STEPS = 1_000

const id = z.uuid()
const name = z.string().min(1).max(200)
const text = z.string().max(2_000)
/** The last instant that a `Date` knows. */
const time = z.int().min(0).max(8.64e15)
const instant = z.iso.datetime({ offset: true })
const count = z.int().min(0).max(1_000_000)

const state: z.ZodType<SteppedProcess['state']> = z.lazy(() =>
  z.union([z.string().max(200), z.record(z.string().max(200), state)]),
)

const deliverySchema = z.object({
  id,
  subscription: name,
  position: count,
  state: z.enum(DELIVERY_STATES),
  attempt: count,
  maxAttempts: count,
  dueAt: time,
  startedAt: time.nullable(),
  settledAt: time.nullable(),
  lastError: text.nullable(),
  reason: text.nullable(),
  parkedReason: text.nullable(),
  failures: z.array(z.object({ number: count, startedAt: time, finishedAt: time })).max(MOST_FAILURES),
})

const messageSchema = z.object({
  id,
  kind: z.enum(['command', 'event']),
  name,
  version: count,
  at: time,
  causeId: id.nullable(),
  causeDeliveryId: id.nullable(),
  /** Masked, as JSON in which numbers have every digit; null where there was no room for it. */
  body: z.string().max(2_000_000).nullable(),
  deliveries: z.array(deliverySchema).max(MOST_DELIVERIES),
})

const processSchema = z.object({
  process: name,
  key: text,
  version: count,
  status: z.enum(['running', 'completed', 'failed']),
  state,
  waitingFor: z
    .array(
      z.object({ state: text, what: text, messages: z.array(text), owes: z.array(text), until: instant.nullable() }),
    )
    .max(100),
  dueAt: instant.nullable(),
  startedAt: instant,
  changedAt: instant,
  finishedAt: instant.nullable(),
  conversationId: id,
  steps: z.array(z.object({ version: count, at: instant, state })).max(MOST_STEPS),
  /** Older files have none. */
  shown: z
    .array(z.object({ label: text, text, masked: text.nullable(), isOfStart: z.boolean() }))
    .max(100)
    .default([]),
})

export const recordingSchema = z.object({
  busrec: z.literal(RECORDING_VERSION),
  recordedAt: instant,
  conversationId: id,
  /** The clock of the database then: what ran, had run until here. */
  at: time,
  /** Whether the conversation had more messages. */
  isTruncated: z.boolean(),
  messages: z.array(messageSchema).min(1).max(MOST_MESSAGES),
  processes: z.array(processSchema).max(MOST_PROCESSES),
})

export type Recording = z.infer<typeof recordingSchema>
export type RecordedMessage = Recording['messages'][number]

/** What the views of a conversation draw. */
export function timelineOf({ conversationId, messages }: Recording): Timeline {
  return {
    conversationId,
    messages: messages
      .map(({ deliveries, ...message }) => ({
        ...message,
        deliveries: deliveries
          .map((each) => ({ ...each, messageId: message.id, revision: 0 }))
          .sort((a, b) => a.position - b.position),
      }))
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
  }
}

/** A process with its newest steps. */
export function recordedProcess(process: SteppedProcess): Recording['processes'][number] {
  return { ...process, steps: process.steps.slice(-MOST_STEPS).map((each) => ({ ...each, at: isoOf(each.at) })) }
}

/** PostgreSQL writes zones as +00:00. */
function isoOf(at: string): string {
  return new Date(at).toISOString()
}
