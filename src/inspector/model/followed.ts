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

/** What is followed as it is now, told to somebody who may know it as it was: of the many ids only what differs. */
export interface FollowedNews extends Omit<Followed, 'messageIds' | 'conversationIds'> {
  /** Names what is known after this, for the next question. */
  version: string
  messageIds: IdNews
  conversationIds: IdNews
}

/** Without `gone` it is all there are. */
interface IdNews {
  added: string[]
  gone: string[] | null
}

/** What is followed, and by which name the server knows that. */
export interface KnownFollowed extends Followed {
  version: string
}

/** What there is to tell of `now` to somebody who knows `before`, or nothing. */
export function followedNews(before: Followed | null, now: KnownFollowed): FollowedNews {
  return {
    ...now,
    messageIds: idNews(before?.messageIds ?? null, now.messageIds),
    conversationIds: idNews(before?.conversationIds ?? null, now.conversationIds),
  }
}

/** What is known after the news; null where they go on from what was not known. */
export function withNews(before: Followed | null, news: FollowedNews): KnownFollowed | null {
  const messageIds = idsAfter(before?.messageIds ?? null, news.messageIds)
  const conversationIds = idsAfter(before?.conversationIds ?? null, news.conversationIds)
  return messageIds && conversationIds && { ...news, messageIds, conversationIds }
}

function idNews(before: readonly string[] | null, now: readonly string[]): IdNews {
  if (before === null) return { added: [...now], gone: null }
  const [known, current] = [new Set(before), new Set(now)]
  return { added: now.filter((each) => !known.has(each)), gone: before.filter((each) => !current.has(each)) }
}

function idsAfter(before: readonly string[] | null, { added, gone }: IdNews): string[] | null {
  if (gone === null) return added
  if (before === null) return null
  const isGone = new Set(gone)
  return [...added, ...before.filter((each) => !isGone.has(each))]
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
