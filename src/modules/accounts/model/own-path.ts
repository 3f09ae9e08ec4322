const HERE = 'http://here.invalid'

/**
 * Where to go after a log-in: a path of this site and of no other. Read as a browser reads it, which takes tabs out
 * and turns backslashes: `/\t/evil.example` is another site.
 */
export function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, HERE)) return '/welcome'
  const { origin, pathname, search, hash } = new URL(next, HERE)
  return origin === HERE && pathname !== '/' && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/welcome'
}
