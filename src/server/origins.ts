import type { IncomingMessage } from 'node:http'
import { isOwnMachine } from './own-machine.ts'

type Headers = Pick<IncomingMessage, 'headers'>

/**
 * Whether a request is from this site's own pages, or from no page at all. Browsers say where a request comes from:
 * it must be the address people open, or the very host it is sent to.
 */
export function isSameSite({ headers }: Headers, appUrl: string): boolean {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none'
  const app = new URL(appUrl)
  if (origin === app.origin) return true
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  // The app's own name with another scheme is somebody on the way between.
  return from.host === host && from.hostname !== app.hostname
}

/**
 * Whether a request is sent to a name of ours. On a node that only its own machine can reach, a foreign name is one
 * that another site has pointed at it, to read it from there (DNS rebinding).
 */
export function isOwnHost({ headers }: Headers, { appUrl, host }: { appUrl: string; host: string }): boolean {
  if (!isOwnMachine(host)) return true
  const asked = headers.host
  if (asked === undefined || !URL.canParse(`http://${asked}`)) return false
  const { hostname } = new URL(`http://${asked}`)
  return isOwnMachine(hostname) || hostname === new URL(appUrl).hostname
}
