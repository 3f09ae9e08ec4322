import type { ServerResponse } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { RequestContext } from '../web/trpc/init.ts'

type Cookies = RequestContext['cookies']

/**
 * Cookies of a request, and how to set them on its response: never readable by scripts, never sent across sites.
 *
 * Where people come by https they are bound to this very host: with the prefix a browser takes them from no neighbour
 * and from no page that came without encryption.
 */
export function cookiesOf(header: string | undefined, response: ServerResponse | null, isSecure: boolean): Cookies {
  const sent = parseCookie(header ?? '')
  const wire = (name: string) => (isSecure ? `__Host-${name}` : name)
  const write = (name: string, value: string, maxAge: number) => {
    if (!response) throw new Error('A page cannot set cookies; use a mutation.')
    const attributes = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/', maxAge } as const
    response.appendHeader('set-cookie', stringifySetCookie({ name: wire(name), value, ...attributes }))
  }
  return {
    get: (name) => sent[wire(name)],
    set: (name, value, { maxAgeSeconds }) => write(name, value, maxAgeSeconds),
    clear: (name) => write(name, '', 0),
  }
}
