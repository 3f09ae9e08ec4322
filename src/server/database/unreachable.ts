import { StartupError } from '../startup-error.ts'

/** What to tell when the first connection to DATABASE_URL fails. Names the server, never the password. */
export function unreachable(url: string, cause: unknown): StartupError {
  const { hostname, port, pathname, username } = new URL(url)
  const server = `${hostname}:${port || '5432'}`
  const { code, message } = cause as { code?: string; message?: string }
  const explain = EXPLANATIONS[code ?? '']
  const problem = explain?.({
    server,
    database: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
    message: message ?? '',
  })
  if (problem) return new StartupError(...problem, { cause })
  const refusal = REFUSALS.find(([pattern]) => pattern.test(message ?? ''))
  if (refusal) return new StartupError(`The database at ${server} ${refusal[1]}.`, refusal[2], { cause })
  const reason = [code, message].filter(Boolean).join(', ') || 'no answer'
  return new StartupError(
    `The database at ${server} cannot be reached (${reason}).`,
    'Start it, or correct host and port in DATABASE_URL. Without DATABASE_URL the built-in database is used.',
    { cause },
  )
}

interface Target {
  readonly server: string
  readonly database: string
  readonly user: string
  readonly message: string
}

/** By SQLSTATE. */
const EXPLANATIONS: Record<string, (target: Target) => [string, string]> = {
  '28P01': ({ server, user }) => [
    `The database at ${server} does not let in the user ${user}.`,
    'Correct user and password in DATABASE_URL.',
  ],
  '28000': ({ server, user, message }) => [
    `The database at ${server} does not let in the user ${user} (${message}).`,
    'Correct the user in DATABASE_URL, add sslmode where it wants encryption, or let this machine in (pg_hba.conf).',
  ],
  '3D000': ({ server, database }) => [
    `There is no database ${database} at ${server}.`,
    `Create it (createdb ${database}), or correct its name in DATABASE_URL.`,
  ],
}

/** Without a SQLSTATE, by the words of the client library. */
const REFUSALS: readonly (readonly [RegExp, string, string])[] = [
  [
    /password must be a (non-empty )?string/,
    'asks for a password, and DATABASE_URL has none',
    'Add it: postgresql://user:password@host:5432/database.',
  ],
  [
    /does not support SSL/,
    'takes no encrypted connections',
    'Leave sslmode away in DATABASE_URL, or switch ssl on at the database.',
  ],
]
