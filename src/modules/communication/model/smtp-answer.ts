/** What nodemailer tells of a refusal. */
interface Refusal {
  code?: unknown
  responseCode?: unknown
  response?: unknown
}

/** The mailbox, its domain or the form of the address: nobody gets mail there, and later neither (RFC 3463). */
const NOBODY_THERE = /^5\d\d[ -](5\.1\.(?:1|2|3|6|10)|5\.2\.1)\b/

/** What the server said, without the address, where it means that nobody gets mail there; null where it does not. */
export function bounceOf(error: unknown): string | null {
  const { response } = error as Refusal
  if (typeof response !== 'string') return null
  const enhanced = NOBODY_THERE.exec(response)?.[1]
  return enhanced ? `${response.slice(0, 3)} ${enhanced}` : null
}

/** Whether the server asked to come again later, as greylisting does: an answer of the 4xx kind. */
export function isTemporary(error: unknown): boolean {
  const { responseCode } = error as Refusal
  return typeof responseCode === 'number' && responseCode >= 400 && responseCode < 500
}

/** Its refusals are of us, not of the mail: with the right settings the same mail will go. */
const OF_US = new Set<unknown>(['EAUTH', 'ETLS'])

/** Whether it could not be spoken to in secret, which was asked for. */
export function isWithoutTls(error: unknown): boolean {
  return (error as Refusal).code === 'ETLS'
}

/** Whether the server said that trying again cannot help: an answer of the 5xx kind about the mail. */
export function isPermanent(error: unknown): boolean {
  const { responseCode, code } = error as Refusal
  return typeof responseCode === 'number' && responseCode >= 500 && !OF_US.has(code)
}
