import { stringifyExact } from './exact-json.ts'
import { MASK, maskOf } from './mask.ts'

/** A payload as JSON for the clipboard: what is masked stays masked. */
export function copyOf(value: unknown): string {
  return stringifyExact(value, (each) => (maskOf(each) ? MASK : undefined))
}

export interface FixtureOf {
  messageId: string
  kind: 'command' | 'event'
  name: string
  version: number
  key: string | null
}

/** A message as a test would hold it. */
export function fixtureOf({ kind, name, version, key }: FixtureOf, body: unknown): string {
  return stringifyExact({ kind, name, version, ...(key !== null && { key }), body }, (each) =>
    maskOf(each) ? MASK : undefined,
  )
}

/** How to read the message from a shell, with a session of one's own. */
export function curlOf({ messageId }: FixtureOf, origin: string): string {
  const input = encodeURIComponent(JSON.stringify({ json: { id: messageId } }))
  return `curl -H 'Cookie: <your session cookie>' '${origin}/api/trpc/inspector.payload?input=${input}'`
}
