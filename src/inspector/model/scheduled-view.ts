/** What is to be handled later, as operators see it. */
import { formatMs } from './durations.ts'

/** A place in the list of what is due later: the last one that was seen. */
export interface ScheduledPlace {
  dueAt: string
  deliveryId: string
}

/** A delivery that nobody has tried and that is due later. */
export interface ScheduledDelivery extends ScheduledPlace {
  messageId: string
  conversationId: string
  name: string
  kind: 'command' | 'event'
  subscription: string
  sentAt: string
}

/** One message that is due later, with its deliveries: they are cancelled and rescheduled together. */
export interface ScheduledMessage extends Omit<ScheduledDelivery, 'subscription' | 'deliveryId'> {
  deliveryIds: string[]
  subscriptions: string[]
}

/** A message that is sent again and again, by the clock. */
export interface RecurringView {
  name: string
  cron: string
  timeZone: string
  /** The type of message that it sends. */
  message: string
  /** The next times, the first first. */
  next: string[]
  /** The newest one that was sent. */
  last: { dueAt: string; messageId: string } | null
}

/** Puts the deliveries of each message together, at the place of the first. */
export function byMessage(deliveries: readonly ScheduledDelivery[]): ScheduledMessage[] {
  const messages = new Map<string, ScheduledMessage>()
  for (const { subscription, deliveryId, ...rest } of deliveries) {
    const message = messages.get(rest.messageId)
    if (message) {
      message.subscriptions.push(subscription)
      message.deliveryIds.push(deliveryId)
    } else messages.set(rest.messageId, { ...rest, subscriptions: [subscription], deliveryIds: [deliveryId] })
  }
  return [...messages.values()]
}

/** What a field for local date and time shows of an instant, to the minute. */
export function toLocalField(iso: string): string {
  const date = new Date(iso)
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

const DAY_MS = 24 * 60 * 60_000

/** How long it is until then, in words. */
export function untilWords(ms: number): string {
  if (ms <= 0) return 'now'
  return ms < 2 * DAY_MS ? `in ${formatMs(ms)}` : `in ${Math.floor(ms / DAY_MS)} days`
}
