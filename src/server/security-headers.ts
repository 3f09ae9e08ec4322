/** What tells browsers how little this site needs, so that what somebody smuggles in gets nothing more. */

export interface Site {
  /** People come by https. */
  readonly isSecure: boolean
  /** Under `next dev`, whose tools evaluate code and write styles into the page. */
  readonly development: boolean
}

/** The headers of every answer. */
export function headersOf(pathname: string, site: Site): Record<string, string> {
  const isFile = pathname.startsWith(BUILT_FILES)
  return {
    ...ALWAYS,
    'content-security-policy': isFile ? FILE_POLICY : DATA_POLICY,
    ...(site.isSecure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
    ...(pathname !== '/' && { 'x-robots-tag': 'noindex, nofollow' }),
    // Whatever is not a file of the build may be about a person. Next says the same of its pages.
    ...(!isFile && { 'cache-control': 'no-store' }),
  }
}

/**
 * What a page may load and run: scripts that carry the nonce of this one answer, and those that they load; all else
 * from this site only.
 *
 * Attributes named `style` are let in: the server draws places and widths that are known at run time (bars, rows,
 * letters in the mailbox). They can load nothing here, and `style` elements need the nonce.
 */
export function pagePolicy(nonce: string, { isSecure, development }: Site): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    // The socket too: browsers take ws: to the same host for the same place.
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

const BUILT_FILES = '/_next/static/'

/** An answer of the API, opened as a page, can do nothing at all. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
/** A worker takes its policy from the file it is made of: it may load more of the same, and no more than that. */
const FILE_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"

/** Nothing here looks through a camera; a passkey is asked for by this site's own pages only. */
const UNUSED = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'magnetometer']
const UNUSED_TOO = ['microphone', 'midi', 'payment', 'serial', 'usb', 'xr-spatial-tracking']
const OWN = ['clipboard-write', 'fullscreen', 'publickey-credentials-create', 'publickey-credentials-get']

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': [
    ...[...UNUSED, ...UNUSED_TOO].map((feature) => `${feature}=()`),
    ...OWN.map((feature) => `${feature}=(self)`),
  ].join(', '),
}
