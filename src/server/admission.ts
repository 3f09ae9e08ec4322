import type { IncomingMessage } from 'node:http'
import { isOwnHost, isSameSite } from './origins.ts'

/** Why a request goes no further, in the words of HTTP and for a person who reads them. */
export interface Refusal {
  readonly status: number
  readonly error: string
  readonly headers?: Record<string, string>
}

export interface Place {
  readonly appUrl: string
  readonly host: string
  readonly development: boolean
}

/** The path that is asked for, or null where it is none: of another host, not to be decoded, or with a NUL in it. */
export function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string | null {
  if (!/^\/(?![/\\])/.test(url) || !URL.canParse(url, BASE)) return null
  const { pathname, search } = new URL(url, BASE)
  try {
    return decodeURIComponent(pathname).includes('\0') || search.includes('%00') ? null : pathname
  } catch {
    return null
  }
}

const BASE = 'http://localhost'

/** What is decided before anything is read, or anybody is asked for who they are. */
export function refusalOf(request: IncomingMessage, pathname: string | null, place: Place): Refusal | null {
  if (pathname === null) return { status: 400, error: 'not-a-path' }
  if (!isOwnHost(request, place)) return { status: 421, error: 'not-our-name' }
  if (pathname.startsWith(API)) return refusalOfCall(request, place)
  // The tools of `next dev` post to it.
  return place.development ? null : refusalOfVisit(request)
}

export const API = '/api/trpc/'

function refusalOfCall(request: IncomingMessage, { appUrl }: Place): Refusal | null {
  if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) return notAllowed('GET, HEAD, POST')
  return request.method === 'POST' && !isSameSite(request, appUrl) ? { status: 403, error: 'cross-site' } : null
}

/** Pages, files and figures are only looked at: whoever sends something is told before it is read. */
function refusalOfVisit({ method, headers }: IncomingMessage): Refusal | null {
  if (method !== 'GET' && method !== 'HEAD') return notAllowed('GET, HEAD')
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  return hasBody ? { status: 413, error: 'takes-no-body', headers: { connection: 'close' } } : null
}

/** The connection ends, so that a body that comes along need not be read. */
function notAllowed(allow: string): Refusal {
  return { status: 405, error: 'not-allowed', headers: { allow, connection: 'close' } }
}
