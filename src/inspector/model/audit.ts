/** Who did what, as it is kept for good. */
export interface AuditRow {
  id: string
  at: string
  /** Who did it: the id of a person, or null for the system. */
  actorId: string | null
  /** Name of the event that told of it. */
  action: string
  subjectId: string | null
  messageId: string | null
  conversationId: string | null
  /** Names and plain values. */
  details: [name: string, value: string][]
}

export interface AuditPage {
  rows: AuditRow[]
  /** Where the next page begins, or null on the last one. */
  next: { at: string; id: string } | null
}

/** `Delivery retried` of `inspector.delivery-retried`. */
export function actionWords(action: string): string {
  const words = action.slice(action.indexOf('.') + 1).replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

const DETAILS: Readonly<Record<string, string>> = {
  errorName: 'error',
  fingerprint: 'failure',
  subscription: 'handler',
}

/** What a detail is called where people read it: `message id` of `messageId`. */
export function detailWords(name: string): string {
  return DETAILS[name] ?? name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
}

/** Whether a value is for machines to compare, rather than for people to read. */
export function isId(value: string): boolean {
  return /^[0-9a-f-]{16,}$/.test(value)
}

/** Details as they are shown: what is deeper than one level as JSON. */
export function detailsOf(details: unknown): [name: string, value: string][] {
  if (typeof details !== 'object' || details === null) return []
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)])
}
