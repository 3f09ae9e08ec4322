/** The entrance of `npm run waybill -- <verb>`: reads the words, does one thing, says what became of it. */
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../server/config.ts'
import { StartupError } from '../server/startup-error.ts'
import { discard, letPasswordsDo, refusal, retry, send } from './act.ts'
import type { Answer } from './answer.ts'
import { bringUp } from './bring-up.ts'
import { reportContracts } from './check-contracts.ts'
import { withApplication } from './connection.ts'
import { deadLetters, messages, nodes, stats } from './look.ts'
import { rotate } from './rotate-secret.ts'
import { HELP, UsageError } from './usage.ts'
import { verifyAudit } from './verify-audit.ts'

interface Options {
  type?: string | undefined
  state?: string | undefined
  limit?: string | undefined
  reason?: string | undefined
  accept?: boolean | undefined
}

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 10_000

process.exitCode = await run(process.argv.slice(2))

async function run(words: string[]): Promise<number> {
  try {
    const { values, positionals } = read(words)
    const answer = await perform(positionals, values)
    process.stdout.write(`${values.json ? JSON.stringify(answer.data, null, 2) : answer.text}\n`)
    return answer.ok ? 0 : 1
  } catch (error) {
    if (error instanceof UsageError) return complain(`${error.message} See: npm run waybill -- help`, 2)
    if (error instanceof StartupError) return complain(error.message, 1)
    return complain(refusal(error) ?? (error as Error).stack ?? String(error), 1)
  }
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}

function read(args: string[]) {
  const string = { type: 'string' } as const
  const boolean = { type: 'boolean' } as const
  const options = { type: string, state: string, limit: string, reason: string, accept: boolean, json: boolean }
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

async function perform([verb = 'help', ...rest]: string[], options: Options): Promise<Answer> {
  if (verb === 'help') return { data: HELP.split('\n'), text: HELP, ok: true }
  const limit = limitOf(options)
  const beside = (work: Parameters<typeof withApplication<Answer>>[1]) => withApplication(settings(), work)
  switch (verb) {
    case 'stats':
      return beside(stats)
    case 'messages':
      return beside((app) => messages(app, { type: options.type ?? null, state: options.state ?? null, limit }))
    case 'dead-letters':
      return performOnDead(rest, options, limit, beside)
    case 'send': {
      const [type, json] = rest
      if (!type || !json) throw new UsageError('Say what: send <type> <json>.')
      return beside((app) => send(app, type, json))
    }
    case 'nodes':
      return beside(nodes)
    case 'check-contracts':
      return beside(reportContracts)
    case 'rotate-secret': {
      const config = settings()
      return withApplication(config, (app) => rotate(app, config))
    }
    case 'verify-audit':
      return beside((app) => verifyAudit(app, options.accept ?? false))
    case 'migrate':
      return bringUp(settings())
    case 'passkey-demand':
      if (rest[0] !== 'off') throw new UsageError('It is switched on at /inspector/settings. Here: passkey-demand off.')
      return beside(letPasswordsDo)
    case 'check-config': {
      const { role, databaseUrl, dataDir, appUrl } = settings()
      const database = databaseUrl === null ? `built-in, in ${dataDir}` : new URL(databaseUrl).host
      return {
        data: { ok: true, role, database, appUrl },
        text: `The settings fit. ${role}, database ${database}`,
        ok: true,
      }
    }
    default:
      throw new UsageError(`There is no verb ${verb}.`)
  }
}

type Beside = (work: Parameters<typeof withApplication<Answer>>[1]) => Promise<Answer>

function performOnDead([verb = 'list', ...ids]: string[], options: Options, limit: number, beside: Beside) {
  if (verb === 'list') return beside((app) => deadLetters(app, limit))
  if (verb === 'retry') return beside((app) => retry(app, ids))
  if (verb !== 'discard') throw new UsageError(`dead-letters knows list, retry and discard, not ${verb}.`)
  const { reason } = options
  if (!reason) throw new UsageError('Say why: --reason "…".')
  return beside((app) => discard(app, ids, reason))
}

function settings(): Config {
  return readConfig(process.env)
}

function limitOf({ limit }: Options): number {
  const count = limit === undefined ? DEFAULT_LIMIT : Number(limit)
  if (Number.isInteger(count) && count >= 1 && count <= MAX_LIMIT) return count
  throw new UsageError(`--limit takes a number from 1 to ${MAX_LIMIT}.`)
}
