import type { BrowserContextOptions } from '@playwright/test'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/server/database/embedded-postgres.ts'
import { findRunningDatabase } from '../src/server/database/running-database.ts'
import { createTestDirectory } from '../src/server/database/testing-directory.ts'
import { silentLogger } from '../src/server/logger.ts'
import { freePort, OwnApp } from './own-app.ts'
import { OPERATOR, test as people, signUp } from './people.ts'

interface Own {
  /** Of the app; a file says its own by `test.use`, or as a fixture where they depend on others. */
  settings: Record<string, string>
  dataDir: string
  app: OwnApp
  /** A database that the app does not bring along, and that outlives it. */
  database: { url: string }
  /** To the database of the app. */
  pool: pg.Pool
  /** Of the operator, who is the first to sign up. */
  operatorState: Exclude<BrowserContextOptions['storageState'], string | undefined>
}

/** An app starts within seconds, though not beside much else on few cores. */
const STARTS_WITHIN_MS = 120_000

/**
 * Tests on an app of their file's own: what fails, dies or is killed there is in nobody's way, and nobody else's
 * sign-ups come between. `page`, `operator` and `visitor` are on that app. What needs no other fixture names one that is
 * always there: Playwright reads the pattern, which may not be empty.
 */
export const test = people.extend<object, Own>({
  settings: [{}, { scope: 'worker', option: true }],
  dataDir: [
    async ({ playwright: _none }, use) => {
      const directory = await createTestDirectory('own app')
      await use(directory.path)
      await directory.remove()
    },
    { scope: 'worker' },
  ],
  database: [
    async ({ playwright: _none }, use) => {
      const directory = await createTestDirectory('own database')
      const database = await startEmbeddedPostgres({ dataDir: directory.path, logger: silentLogger })
      await use(database)
      await database.stop()
      await directory.remove()
    },
    { scope: 'worker', timeout: STARTS_WITHIN_MS },
  ],
  app: [
    async ({ settings, dataDir }, use) => {
      const app = new OwnApp(await freePort(), { DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...settings })
      await app.start()
      await use(app)
      await app.stop()
    },
    { scope: 'worker', timeout: STARTS_WITHIN_MS },
  ],
  pool: [
    async ({ app: _running, settings, dataDir }, use) => {
      const connectionString = settings.DATABASE_URL ?? (await findRunningDatabase(dataDir))
      const pool = new pg.Pool({ connectionString, max: 4 })
      // The app, and its database with it, may be killed meanwhile.
      pool.on('error', () => undefined)
      await use(pool)
      await pool.end()
    },
    { scope: 'worker' },
  ],
  operatorState: [
    async ({ app, browser }, use) => {
      const context = await browser.newContext({ baseURL: app.url })
      await signUp(await context.newPage(), OPERATOR)
      await use(await context.storageState())
      await context.close()
    },
    { scope: 'worker', timeout: STARTS_WITHIN_MS },
  ],
  baseURL: async ({ app }, use) => use(app.url),
  operator: async ({ browser, baseURL, operatorState }, use) => {
    const context = await browser.newContext({ ...(baseURL && { baseURL }), storageState: operatorState })
    await use(await context.newPage())
    await context.close()
  },
})
