/** What is compared: ways to store messages, and to handle each once for every subscription. */
import { newId } from '../src/bus/index.ts'

/** A message's body: the size of an ordinary one. */
export interface Letter {
  number: number
  userId: string
  name: string
  email: string
}

export function letter(number: number): Letter {
  return { number, userId: newId(), name: 'Ada Lovelace', email: `ada.lovelace.${number}@example.com` }
}

export interface Load {
  /** Subscriptions that each message goes to. */
  fanOut: 1 | 5
  /** What a handler does: nothing, or one insert in the transaction that settles its delivery. */
  handler: 'no-op' | 'insert'
  /** Called by a handler when it starts. */
  onHandled(letter: Letter): void
}

/** One way, on one database, under one load. */
export interface Queue {
  /** Resolves when the message is committed. */
  publish(letter: Letter): Promise<void>
  /** Puts many messages there that wait to be handled, at least so many deliveries. */
  seed(deliveries: number): Promise<void>
  /** Begins to handle. */
  consume(): Promise<void>
  /** Resolves when so many deliveries have been settled, durably, since it was opened. */
  untilSettled(deliveries: number): Promise<void>
  /** What the database says. */
  countSettled(): Promise<number>
  close(): Promise<void>
}

export interface Contender {
  readonly name: string
  open(url: string, load: Load): Promise<Queue>
}

// The same for all of them.

/** As the app has it. */
export const POOL_SIZE = 20
/** Deliveries claimed at once, and in hand at once where a handler holds no transaction. */
export const BATCH = 500
/** Deliveries in hand at once where each has a transaction. */
export const TRANSACTIONS = 16
/** Callers that publish at once. */
export const CALLERS = 16

export function subscriptionNames(fanOut: number): string[] {
  return Array.from({ length: fanOut }, (_, index) => `bench.reaction-${index + 1}`)
}
