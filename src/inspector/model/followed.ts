import type { DeliveryState } from '../../bus/message.ts'
import { rollUp } from './roll-up.ts'

/** What there is about a key or a person that somebody follows on every page. */
export interface Followed {
  key: string
  isPerson: boolean
  /** Messages sent with it or about it, the newest ones. */
  messageIds: string[]
  /** Conversations of which they are a part. */
  conversationIds: string[]
  types: string[]
  processes: { process: string; key: string }[]
  /** States of their deliveries, by handler. */
  handlers: Record<string, DeliveryState[]>
  /** Kinds of failure of which some of them died. */
  fingerprints: string[]
  counts: { messages: number; open: number; dead: number }
  /** Whether there are more messages than are looked at: all of this is known of the newest alone. */
  isCut: boolean
}

/** Whether something on a page is about what is followed. */
export interface Lights {
  key: string
  message(message: { messageId: string; conversationId?: string; key?: string | null }): boolean
  type(name: string): boolean
  process(process: string, key: string): boolean
  handler(subscription: string): boolean
  failure(fingerprint: string): boolean
}

/** As much as is known: of what has just come, its key tells, and whether its conversation is known. */
export function lightsOf(followed: Followed): Lights {
  const { key } = followed
  const messages = new Set(followed.messageIds)
  const conversations = new Set(followed.conversationIds)
  const types = new Set(followed.types)
  const processes = new Set(followed.processes.map((each) => nameOf(each.process, each.key)))
  const failures = new Set(followed.fingerprints)
  return {
    key,
    message: (message) =>
      messages.has(message.messageId) ||
      message.key === key ||
      (message.conversationId !== undefined && conversations.has(message.conversationId)),
    type: (name) => types.has(name),
    process: (process, processKey) => processKey === key || processes.has(nameOf(process, processKey)),
    handler: (subscription) => subscription in followed.handlers,
    failure: (fingerprint) => failures.has(fingerprint),
  }
}

/** How it stands, in a few words. */
export function followedWords({ counts, handlers, isCut }: Followed): string {
  const { messages, open, dead } = counts
  if (messages === 0) return 'nothing yet'
  const worst = rollUp(Object.values(handlers).flat())
  const trouble = [dead > 0 && `${countWords(dead, isCut)} dead`, open > 0 && `${countWords(open, isCut)} open`]
  const words = trouble.filter((each) => each !== false)
  const sum = `${countWords(messages, isCut)} ${messages === 1 ? 'message' : 'messages'}`
  const calm = worst === null ? 'no handlers' : isCut ? 'none of the newest in trouble' : 'none in trouble'
  return [sum, ...(words.length > 0 ? words : [calm])].join(', ')
}

function countWords(count: number, isCut: boolean): string {
  return `${isCut ? 'at least ' : ''}${count.toLocaleString('en')}`
}

function nameOf(process: string, key: string): string {
  return `${process} ${key}`
}
