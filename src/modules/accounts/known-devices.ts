import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Sealer } from '../../bus/index.ts'
import type { RequestContext } from '../../web/trpc/init.ts'

/**
 * Remembers in a browser whose accounts it was logged in to. Who tries a password there is counted by the device alone,
 * so that nobody elsewhere can use up the owner's tries. It gives no way in by itself, and outlives a log-out.
 */
const DEVICE_COOKIE = 'waybill-device'
const REMEMBERED_SECONDS = 365 * 24 * 60 * 60
/** More people than that do not share one browser; the one who was here longest ago is forgotten. */
const MOST_PEOPLE = 5

const devicesSchema = z.array(z.object({ userId: z.uuid(), deviceId: z.string() })).max(MOST_PEOPLE)

type Cookies = RequestContext['cookies']

export function remembersPeople(cookies: Cookies): boolean {
  return cookies.get(DEVICE_COOKIE) !== undefined
}

/** The id that the browser has for this account, or null where it was never logged in to it. */
export function knownDevice(cookies: Cookies, sealer: Sealer, userId: string): string | null {
  return openDevices(cookies, sealer).find((each) => each.userId === userId)?.deviceId ?? null
}

export function rememberDevice(cookies: Cookies, sealer: Sealer, userId: string): void {
  const known = openDevices(cookies, sealer)
  const own = known.find((each) => each.userId === userId) ?? {
    userId,
    deviceId: randomBytes(16).toString('base64url'),
  }
  const devices = [own, ...known.filter((each) => each !== own)].slice(0, MOST_PEOPLE)
  cookies.set(DEVICE_COOKIE, sealer.seal(JSON.stringify(devices)), { maxAgeSeconds: REMEMBERED_SECONDS })
}

function openDevices(cookies: Cookies, sealer: Sealer): z.infer<typeof devicesSchema> {
  const sealed = cookies.get(DEVICE_COOKIE)
  if (!sealed) return []
  try {
    return devicesSchema.parse(JSON.parse(sealer.open(sealed)))
  } catch {
    return []
  }
}
