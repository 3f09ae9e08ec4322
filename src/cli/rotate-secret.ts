import type { Application } from '../server/compose.ts'
import type { Config } from '../server/config.ts'
import type { Answer } from './answer.ts'
import { UsageError } from './usage.ts'

/** Seals anew what APP_SECRET_PREVIOUS sealed. Both are read from the environment: a command line is seen by others. */
export async function rotate({ rotateSecret }: Application, { appSecret, appSecretPrevious }: Config): Promise<Answer> {
  if (appSecret === null || appSecretPrevious === null) {
    throw new UsageError(
      'Set APP_SECRET to the new secret and APP_SECRET_PREVIOUS to the old one, here and on all nodes.',
    )
  }
  const data = await rotateSecret()
  const text = `Sealed anew: ${data.keys} keys of people, ${data.rows} rows about them, ${data.messages} messages. APP_SECRET_PREVIOUS is not needed any more.`
  return { data, text, ok: true }
}
