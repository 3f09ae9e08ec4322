/**
 * What a person notices: how long a sign-up takes, whether the mail server matters, how soon a change is seen. Run it
 * on an otherwise idle machine: `npm run bench:people`, with `--sign-ups 200` (for each mail server), `--rest 250`
 * (milliseconds between two) and `--json FILE` as you like.
 *
 * For each mail server there is a production app on a fresh database of its own, with fsync on. They take turns, sign-up
 * by sign-up, another one first each time, so that what the machine does meanwhile falls on all alike; between two there
 * is time for what a sign-up sets off. What is compared is `fast`. Then, with the built-in mail server: from the commit
 * of a change to the frame in another client, and to the row in the list of a real Chromium.
 */
import { writeFile } from 'node:fs/promises'
import os from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { freePort, OwnApp } from '../../e2e/own-app.ts'
import { PARAMETERS } from '../../src/modules/accounts/password.ts'
import { startEmbeddedPostgres } from '../../src/server/database/embedded-postgres.ts'
import { createTestDirectory } from '../../src/server/database/testing-directory.ts'
import { silentLogger } from '../../src/server/logger.ts'
import { percentile } from '../measure.ts'
import { MAIL_SERVERS, type MailServer, openMailServer } from './mail-server.ts'
import { pageLatencies, socketLatencies } from './visibility.ts'

const { values } = parseArgs({
  options: {
    'sign-ups': { type: 'string', default: '200' },
    rest: { type: 'string', default: '250' },
    json: { type: 'string' },
  },
})
const SIGN_UPS = Number(values['sign-ups'])
const WARM_UP = 20
/** What a sign-up set off is done by then. */
const REST_MS = Number(values.rest)
const WATCHED = 100

interface Summary {
  n: number
  p50: number
  p95: number
  max: number
}

interface Running extends AsyncDisposable {
  app: OwnApp
  pool: pg.Pool
}

const signUpTimes = await compareMailServers()
const seen = await visibility()
report()

function summary(millis: number[]): Summary {
  return { n: millis.length, p50: percentile(millis, 0.5), p95: percentile(millis, 0.95), max: Math.max(...millis) }
}

async function compareMailServers(): Promise<Record<MailServer, Summary>> {
  await using opened = new AsyncDisposableStack()
  const sides: { kind: MailServer; app: OwnApp; millis: number[] }[] = []
  for (const kind of MAIL_SERVERS) {
    const mailServer = await openMailServer(kind)
    opened.defer(mailServer.stop)
    const { app } = opened.use(await start(mailServer.env))
    for (let each = 0; each < WARM_UP; each += 1) await signUp(app)
    sides.push({ kind, app, millis: [] })
  }
  for (let turn = 0; turn < SIGN_UPS; turn += 1) {
    for (const { app, millis } of [...sides.slice(turn % sides.length), ...sides.slice(0, turn % sides.length)]) {
      await delay(REST_MS)
      const startedAt = performance.now()
      await signUp(app)
      millis.push(performance.now() - startedAt)
    }
  }
  return Object.fromEntries(sides.map(({ kind, millis }) => [kind, summary(millis)])) as Record<MailServer, Summary>
}

async function visibility(): Promise<{ socket: Summary; page: Summary }> {
  await using running = await start({})
  const { app, pool } = running
  const { cookie } = await signUp(app)
  await pool.query(`UPDATE users SET role = 'operator'`)
  for (let each = 0; each < WARM_UP; each += 1) await signUp(app)
  const watched = {
    url: app.url,
    cookie,
    pool,
    times: WATCHED,
    signUp: async () => {
      await signUp(app)
      await delay(REST_MS)
    },
  }
  return { socket: summary(await socketLatencies(watched)), page: summary(await pageLatencies(watched)) }
}

async function start(env: Record<string, string>): Promise<Running> {
  const directory = await createTestDirectory('bench')
  const database = await startEmbeddedPostgres({ dataDir: directory.path, logger: silentLogger })
  const secret = 'a secret of the benchmark, which guards nothing'
  const app = new OwnApp(await freePort(), {
    DATABASE_URL: database.url,
    APP_SECRET: secret,
    LOG_LEVEL: 'warn',
    ...env,
  })
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  pool.on('error', () => undefined)
  await app.start()
  return {
    app,
    pool,
    [Symbol.asyncDispose]: async () => {
      // Nobody waits here for mail that takes its time.
      await app.kill()
      await pool.end()
      await database.stop()
      await directory.remove()
    },
  }
}

async function signUp({ url }: OwnApp): Promise<{ cookie: string }> {
  const id = crypto.randomUUID()
  const json = {
    name: 'Anna Berg',
    email: `${id}@example.com`,
    password: 'a long enough password',
    phone: '',
    idempotencyKey: id,
  }
  const response = await fetch(`${url}/api/trpc/accounts.signUp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json }),
  })
  const text = await response.text()
  if (!text.includes('"created"')) throw new Error(`A sign-up ended with ${response.status}: ${text}`)
  return { cookie: (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '' }
}

function report(): void {
  const ms = (value: number) => `${value.toFixed(0).padStart(6)} ms`
  const line = (name: string, { n, p50, p95, max }: Summary, rest = '') =>
    process.stdout.write(`${name.padEnd(28)}${String(n).padStart(5)}  ${[p50, p95, max].map(ms).join('  ')}  ${rest}\n`)
  const { memoryCost, timeCost, parallelism } = PARAMETERS
  process.stdout.write(
    `\n${os.cpus().length} cores, Node ${process.version}, argon2id m=${memoryCost} KiB t=${timeCost} p=${parallelism}\n\n`,
  )
  process.stdout.write(`${''.padEnd(28)}    n        p50        p95        max   p50, p95 ÷ fast\n`)
  const { fast } = signUpTimes
  for (const kind of MAIL_SERVERS) {
    const times = signUpTimes[kind]
    line(`sign-up, mail ${kind}`, times, `${(times.p50 / fast.p50).toFixed(2)}, ${(times.p95 / fast.p95).toFixed(2)}`)
  }
  line('commit to frame', seen.socket)
  line('commit to row in Chromium', seen.page)
  if (values.json)
    void writeFile(values.json, `${JSON.stringify({ argon2id: PARAMETERS, signUpTimes, seen }, null, 2)}\n`)
}
