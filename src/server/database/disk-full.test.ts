import { expect, test } from 'vitest'
import { DiskFull, postgresFailure } from './disk-full.ts'

test.each([
  ['FATAL:  could not write to file "pg_wal/xlogtemp.20932": No space left on device', ''],
  ['FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes', 'HINT:  Check free disk space.'],
  ['FATAL:  could not extend file "base/1/2691": No space left on device', 'HINT:  Check free disk space.'],
  ['Disk quota exceeded', ''],
])('a full disk is told by that alone: %s', (complaint, hint) => {
  const printed = `LOG:  starting PostgreSQL\nHINT:  Some data may be corrupted.\n${complaint}\n${hint}\nLOG:  it is shut down`
  const failure = postgresFailure('It did not start', printed)
  expect(failure).toBeInstanceOf(DiskFull)
  expect(failure.message).toBe(
    `It did not start: ${complaint}\nThe disk is full: make room, or choose another directory with DATA_DIR.`,
  )
})

test('any other failure is told with all that was printed', () => {
  const printed = 'LOG:  starting\nFATAL:  could not bind IPv4 address "127.0.0.1": Address already in use\n'
  const failure = postgresFailure('It did not start', printed)
  expect(failure).not.toBeInstanceOf(DiskFull)
  expect(failure.message).toContain(printed.trim())
})
