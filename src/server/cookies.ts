import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { RequestContext } from '../web/trpc/init.ts'

type Cookies = RequestContext['cookies']

/** Cookies of a request, and how to set them on its response: never readable by scripts, never sent across sites. */
export function cookiesOf(header: string | undefined, response: ServerResponse | null, isSecure: boolean): Cookies {
  const sent = parseCookie(header ?? '')
  const write = (name: string, value: string, maxAge: number, path = '/') => {
    if (!response) throw new Error('A page cannot set cookies; use a mutation.')
    const attributes = { httpOnly: true, sameSite: 'lax', secure: isSecure, path, maxAge } as const
    response.appendHeader('set-cookie', stringifySetCookie({ name, value, ...attributes }))
  }
  return {
    get: (name) => sent[name],
    set: (name, value, { maxAgeSeconds, path }) => write(name, value, maxAgeSeconds, path),
    clear: (name) => write(name, '', 0),
  }
}

/** Browsers say where a request comes from: it must be this host, or the address people open. */
export function isSameSite(request: IncomingMessage, appUrl: string): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site'
  if (origin === new URL(appUrl).origin) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
