/** What is to be handled later, as operators see it. */

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
  /** What it is about: its business key, and the person. */
  key: string | null
  subjectId: string | null
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

/** How long it is until then, in words: the nearer the more exact. */
export function untilWords(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  const minutes = Math.round(ms / 60_000)
  const hours = Math.floor(minutes / 60)
  if (seconds <= 0) return 'now'
  if (seconds < 60) return `in ${seconds} s`
  if (hours === 0) return `in ${minutes} min`
  return hours < 48 ? `in ${hours} h ${minutes % 60} min` : `in ${Math.floor(hours / 24)} days`
}
