import { type Conclusion, Interruption } from '../../bus/index.ts'
import { type Application, compose } from '../compose.ts'
import { readConfig } from '../config.ts'
import { silentLogger } from '../logger.ts'
import type { Life } from './mortal-client.ts'

export interface Gateways {
  smtpUrl: string
  smsUrl: string
}

export const SECRET = 'a secret for tests only, 32 characters'
const LEASE_MS = 60_000

/** The app's own composition on a database, with gateways that live on when the node dies. Nothing of it runs yet. */
export async function composeNode(databaseUrl: string, gateways: Gateways, life?: Life): Promise<Application> {
  const config = readConfig({ FAULTS: 'on', SMTP_URL: gateways.smtpUrl, SMS_URL: gateways.smsUrl })
  const app = await compose({ config, logger: silentLogger, databaseUrl, secret: SECRET })
  life?.begin(app.node)
  return app
}

/**
 * Does what the dispatcher does, one delivery after the other in a fixed order: claims all that is due, handles it,
 * until nothing is due. So the n-th statement is the same one in every run. What is for `givenUp` ends dead.
 */
export async function drainInTurn({ registry, storage, pipeline }: Application, givenUp?: string): Promise<void> {
  const capacities = [...registry.subscriptions.values()].map(({ subscription: { name, concurrency, order } }) => ({
    subscription: name,
    free: concurrency,
    order,
  }))
  const position = (name: string) => registry.subscriptions.get(name)?.position ?? 0
  for (;;) {
    const claimed = await storage.deliveries.claim(capacities, LEASE_MS)
    if (claimed.length === 0) return
    claimed.sort((a, b) => position(a.subscription) - position(b.subscription))
    for (const delivery of claimed) {
      if (delivery.subscription === givenUp) await storage.deliveries.conclude([{ delivery, ...GIVEN_UP }])
      else await pipeline.run(delivery, new Interruption())
    }
  }
}

const GIVEN_UP: Omit<Conclusion, 'delivery'> = {
  outcome: {
    outcome: 'dead',
    error: { name: 'Error', message: 'no line', code: null, stack: null, cause: null },
    fingerprint: 'no line',
    reason: null,
  },
  messages: [],
  durationMs: 0,
}
