import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { StartupError } from '../startup-error.ts'
import type { Account } from './postgres-account.ts'

const run = promisify(execFile)

/** A surrounding that does not depend on the user's: neither their locale nor their PG* variables. */
export const POSTGRES_ENVIRONMENT = surrounding({ PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' })

/** Next declares that every environment has a NODE_ENV; these programs know nothing of it. */
export function surrounding(variables: Record<string, string>): NodeJS.ProcessEnv {
  return variables as unknown as NodeJS.ProcessEnv
}

export async function runInitdb(
  initdb: string,
  options: { directory: string; passwordFile: string; user: string; account: Account | null },
): Promise<void> {
  const { directory, passwordFile, user, account } = options
  const collation = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8']
  const access = ['--auth=scram-sha-256', `--username=${user}`, `--pwfile=${passwordFile}`]
  try {
    await run(initdb, [`--pgdata=${directory}`, ...access, ...collation], {
      ...account,
      cwd: '/',
      env: POSTGRES_ENVIRONMENT,
    })
  } catch (error) {
    throw failed(directory, error as Error & { stderr?: string })
  }
}

/** Whether PostgreSQL complains about the disk: in its own words, or the system's. */
export function isDiskFull(text: string): boolean {
  return /no space left|disk quota|free disk space/i.test(text)
}

function failed(directory: string, error: Error & { stderr?: string }): StartupError {
  const text = error.stderr?.trim() || error.message
  const wayOut = isDiskFull(text)
    ? 'The disk is full: make room, or choose another directory with DATA_DIR.'
    : 'Choose another directory with DATA_DIR, or set DATABASE_URL to use a PostgreSQL of your own.'
  return new StartupError(`Could not make a database in ${directory}: ${text}`, wayOut, { cause: error })
}
