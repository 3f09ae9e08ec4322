/** Dead letters as a file to take along: what is masked on the pages is masked in it. */

export const EXPORT_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportedDeadLetter {
  deliveryId: string
  messageId: string
  conversationId: string
  type: string
  handler: string
  key: string | null
  sentAt: string
  diedAt: string
  attempts: number
  fingerprint: string | null
  error: string | null
  /** The body as masked JSON. */
  payload: string
}

export interface DeadLettersFile {
  name: string
  content: string
  count: number
  /** There are more than a file takes. */
  isCut: boolean
}

const COLUMNS = [
  'deliveryId',
  'messageId',
  'conversationId',
  'type',
  'handler',
  'key',
  'sentAt',
  'diedAt',
  'attempts',
  'fingerprint',
  'error',
  'payload',
] as const satisfies readonly (keyof ExportedDeadLetter)[]

/** RFC 4180, with a byte order mark for spreadsheets. */
export function toCsv(rows: readonly ExportedDeadLetter[]): string {
  const lines = rows.map((row) => COLUMNS.map((column) => cellOf(row[column])).join(','))
  return `\uFEFF${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`
}

/** What a spreadsheet would take for a formula is text: somebody outside may have written it. */
function cellOf(value: string | number | null): string {
  const text = String(value ?? '')
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** An array of objects whose payload is JSON as it stands, with every digit of its numbers. */
export function toJson(rows: readonly ExportedDeadLetter[]): string {
  const objects = rows.map(({ payload, ...row }) => `${JSON.stringify(row).slice(0, -1)},"payload":${payload}}`)
  return `[${objects.map((each) => `\n  ${each}`).join(',')}\n]\n`
}
