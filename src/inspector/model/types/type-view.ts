/** A message type as its readers see it: who owns, sends and handles it, what is in it, and how much of it there is. */
import type { Percentiles } from '../histogram.ts'
import type { Series } from '../overview.ts'
import type { Field } from './fields.ts'

/** What types of messages say, each in a sentence, by their names. */
export type Descriptions = Readonly<Record<string, string>>

export interface TypeRow {
  name: string
  /** What it says, in a sentence; null where nobody wrote one. */
  description: string | null
  kind: 'command' | 'event'
  /** The module it belongs to. */
  owner: string
  /** The newest first. */
  versions: number[]
  /** Subscriptions to it. */
  handlers: number
  /** Messages sent in the range, and in each of its points. */
  sent: number
  trend: number[]
  /** Of the attempts to handle it, those that failed; 0 to 1. */
  errorShare: number
  percentiles: Percentiles | null
}

/** Something that sent it: a handler while it ran, or whoever is outside the bus. */
export interface SenderView {
  /** A subscription; null is outside: a request of the application, or a recurring job. */
  subscription: string | null
  count: number
  /** Whether this build knows the subscription. */
  isKnown: boolean
}

export interface TypeHandlerView {
  subscription: string
  kind: 'transactional' | 'effectful'
  /** Attempts that ended in the range. */
  attempts: number
  errorShare: number
  percentiles: Percentiles | null
  /** False where only the history knows it: it handled this type, and this build has no such subscription. */
  isKnown: boolean
}

export interface VersionView {
  version: number
  retentionDays: number
  /** Older versions that it can read. */
  reads: number[]
  fields: Field[]
  /** As JSON Schema, with what is classified marked. */
  schema: string
  sent: number
}

export interface TypeDetail extends TypeRow {
  contract: VersionView[]
  /** What the handler of a command answers with. */
  reply: Field[] | null
  senders: SenderView[]
  /** Recurring jobs that send it. */
  recurring: string[]
  receivers: TypeHandlerView[]
  series: Series
  /** Of a part of the range not everything was counted. */
  isIncomplete: boolean
}
