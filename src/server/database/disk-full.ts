import { StartupError } from '../startup-error.ts'

/** There is no room where the built-in database keeps its files. */
export class DiskFull extends StartupError {}

/** What to tell about a program of PostgreSQL that failed: all it printed, or its complaint about the disk alone. */
export function postgresFailure(problem: string, printed: string, options?: ErrorOptions): StartupError {
  const complaint = printed.split('\n').findLast(isDiskFull)
  if (complaint !== undefined) {
    return new DiskFull(
      `${problem}: ${complaint.trim()}`,
      'The disk is full: make room, or choose another directory with DATA_DIR.',
      options,
    )
  }
  return new StartupError(
    `${problem}: ${printed.trim()}`,
    'Choose another directory with DATA_DIR, or set DATABASE_URL to use a PostgreSQL of your own.',
    options,
  )
}

/** In PostgreSQL's own words, or the system's. */
function isDiskFull(line: string): boolean {
  return /no space left|disk quota|free disk space/i.test(line)
}
