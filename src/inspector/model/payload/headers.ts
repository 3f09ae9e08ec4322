import type { MessageDetail } from '../view.ts'

/** Something that travels with a body: what the bus, not the handler, needs to know of it. */
export interface Header {
  /** As an envelope has it. */
  field: string
  /** As people read it. */
  name: string
  value: string | null
  /** Where it leads to. */
  href: string | null
  /** What the value is, or what it means that there is none. */
  note: string | null
}

type Travels = Pick<
  MessageDetail,
  | 'messageId'
  | 'kind'
  | 'name'
  | 'version'
  | 'conversationId'
  | 'causationId'
  | 'causationDeliveryId'
  | 'cause'
  | 'key'
  | 'subjectId'
  | 'idempotencyKey'
  | 'occurredAt'
  | 'dueAt'
  | 'expiresAt'
>

/** All that travels with a message, in the order of its envelope; also what it was sent without. */
export function headersOf(message: Travels): Header[] {
  const { conversationId, causationId, causationDeliveryId, cause, key, subjectId, occurredAt, dueAt } = message
  const header = (field: string, name: string, value: string | null, more: Partial<Header> = {}): Header => ({
    ...{ field, name, value, href: null, note: null },
    ...more,
  })
  const keyPage = (of: string | null) => of && `/inspector/key/${encodeURIComponent(of)}`
  return [
    header('messageId', 'message', message.messageId),
    header('kind', 'kind', message.kind),
    header('name', 'type', message.name, { href: `/inspector/types/${encodeURIComponent(message.name)}` }),
    header('version', 'version', String(message.version)),
    header('conversationId', 'conversation', conversationId, { href: `/inspector/c/${conversationId}` }),
    header('causationId', 'caused by', causationId, {
      href: cause && `/inspector/m/${cause.messageId}`,
      note: causationId === null ? 'nothing on the bus: it began the conversation' : (cause?.name ?? null),
    }),
    header('causationDeliveryId', 'causing delivery', causationDeliveryId, {
      href: cause && causationDeliveryId && `/inspector/m/${cause.messageId}?h=${causationDeliveryId}`,
      note: causationDeliveryId === null ? 'none' : (cause?.subscription ?? null),
    }),
    header('key', 'key', key, { href: keyPage(key), note: key === null ? 'none' : null }),
    header('subjectId', 'about person', subjectId, {
      href: keyPage(subjectId),
      note: subjectId === null ? 'nobody' : null,
    }),
    header('idempotencyKey', 'idempotency key', message.idempotencyKey, {
      note: message.idempotencyKey === null ? 'none: a repeat is a message of its own' : null,
    }),
    header('occurredAt', 'occurred at', occurredAt),
    header('dueAt', 'due at', dueAt, { note: noteOfDue(occurredAt, dueAt) }),
    header('expiresAt', 'expires at', message.expiresAt, {
      note: message.expiresAt === null ? 'it never gets stale' : 'it is not handled after that',
    }),
  ]
}

/** What nobody scheduled is due when the database stored it, by a clock that need not be the sender's. */
const AT_ONCE_MS = 1_000

function noteOfDue(occurredAt: string, dueAt: string | null): string | null {
  if (dueAt === null) return 'not known any more: each delivery was tried again'
  return Date.parse(dueAt) - Date.parse(occurredAt) < AT_ONCE_MS ? 'at once' : null
}

/** As an envelope would have them, for the clipboard. */
export function headersAsJson(message: Travels): string {
  const values = headersOf(message).map(({ field, value }) => [field, field === 'version' ? message.version : value])
  return JSON.stringify(Object.fromEntries(values), null, 2)
}
