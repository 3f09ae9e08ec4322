import { appSecret } from '../server/app-secret.ts'
import { type Application, compose } from '../server/compose.ts'
import type { Config } from '../server/config.ts'
import { findRunningDatabase } from '../server/database/running-database.ts'
import { silentLogger } from '../server/logger.ts'

/** Never called: this process handles no messages, so that it needs no mail server of its own. */
const NOWHERE = { smtpUrl: 'smtp://127.0.0.1:1', smsUrl: 'http://127.0.0.1:1' }

/** Runs `work` beside the app, on its database; handles no messages itself. */
export async function withApplication<T>(config: Config, work: (app: Application) => Promise<T>): Promise<T> {
  const databaseUrl = config.databaseUrl ?? (await findRunningDatabase(config.dataDir))
  const secret = await appSecret(config)
  const app = await compose({ config: { ...config, ...NOWHERE }, logger: silentLogger, databaseUrl, secret })
  try {
    // To hear of replies.
    await app.storage.start()
    return await work(app)
  } finally {
    await app.stop()
  }
}
