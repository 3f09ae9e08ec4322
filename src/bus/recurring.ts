import type { BodyOf, MessageDefinition } from './message.ts'
import type { Tx } from './ports.ts'

/** A message that is sent again and again, at the times of a cron expression in a time zone. */
export interface Recurring {
  /** Durable: rows refer to it. */
  readonly name: string
  readonly cron: string
  /** Of the IANA data base, as `Europe/Berlin`. */
  readonly timeZone: string
  /** A command is sent, an event published. */
  readonly message: MessageDefinition
  /** The body of the message that is due at the given time. */
  readonly body: (dueAt: Date) => Record<string, unknown>
}

/** Declares a recurring message: one for each due time, on however many nodes. */
export function recurring<D extends MessageDefinition>(
  name: string,
  { cron, timeZone }: Pick<Recurring, 'cron' | 'timeZone'>,
  message: D,
  body: (dueAt: Date) => BodyOf<D>,
): Recurring {
  return { name, cron, timeZone, message, body: body as Recurring['body'] }
}

export interface RecurringState {
  /** What was due until then was sent, or was due before anybody looked. */
  lastDueAt: Date
  /** The newest one that was sent. */
  lastMessageId: string | null
}

export interface RecurringStore {
  /** Begins to count from now for those that are new. */
  begin(names: readonly string[]): Promise<void>
  findAll(): Promise<ReadonlyMap<string, RecurringState>>
  /**
   * The right to send what is due at the given time. Only one transaction gets it, and none before its time by the
   * clock of the store, or when a later one was sent.
   */
  claimDue(tx: Tx, name: string, dueAt: Date): Promise<boolean>
  noteSent(tx: Tx, name: string, messageId: string): Promise<void>
}
