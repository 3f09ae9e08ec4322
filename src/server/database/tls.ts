import pg from 'pg'
import { isOwnMachine } from '../own-machine.ts'

/** What is wrong with what a database's address says of TLS; null where nothing is. */
export function tlsFault(url: string): string | null {
  try {
    // A text that it does not know the client stumbles over once the server has answered, and the process ends.
    return typeof askOf(url).ssl === 'string' ? 'Say sslmode=verify-full or sslmode=disable instead of ssl.' : null
  } catch (error) {
    return `What it says of TLS cannot be followed: ${(error as Error).message}.`
  }
}

/** Whether what goes to the database can be read on the way: it is elsewhere, and no TLS is asked for. */
export function isReadOnTheWay(url: string): boolean {
  const { host, ssl } = askOf(url)
  return !host.startsWith('/') && !isOwnMachine(host) && !ssl
}

/** As the client itself reads it, with the variables of the environment that it heeds. */
function askOf(url: string): { host: string; ssl: unknown } {
  const { host, ssl } = new pg.Client({ connectionString: url })
  return { host, ssl }
}
