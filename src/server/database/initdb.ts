import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { StartupError } from '../startup-error.ts'
import { postgresFailure } from './disk-full.ts'
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

function failed(directory: string, error: Error & { stderr?: string }): StartupError {
  return postgresFailure(`Could not make a database in ${directory}`, error.stderr?.trim() || error.message, {
    cause: error,
  })
}
