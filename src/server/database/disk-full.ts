import { statfs } from 'node:fs/promises'
import { StartupError } from '../startup-error.ts'

/** There is no room where the built-in database keeps its files. */
export class DiskFull extends StartupError {}

/** What to tell about a program of PostgreSQL that failed: all it printed, or its complaint about the disk alone. */
export function postgresFailure(problem: string, printed: string, options?: ErrorOptions): StartupError {
  const complaint = complaintAboutDisk(printed)
  if (complaint !== undefined) {
    return new DiskFull(
      `${problem}: ${complaint}`,
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

/** What a program printed into a directory; where that had no room, not even for this, the system's word for it. */
export async function printedInto(directory: string, printed: string): Promise<string> {
  const hasRoom = await statfs(directory).then(
    ({ bavail }) => bavail > 0,
    () => true,
  )
  return hasRoom ? printed : `No space left on device\n${printed}`
}

/** In PostgreSQL's own words, or the system's. A hint stands below what it is about. */
function complaintAboutDisk(printed: string): string | undefined {
  const lines = printed.split('\n')
  const at = lines.findLastIndex((line) => /no space left|disk quota|free disk space/i.test(line))
  const line = lines[at]?.includes('HINT:') ? (lines[at - 1] ?? lines[at]) : lines[at]
  return line?.trim()
}
