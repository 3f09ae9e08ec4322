import { expect, test } from 'vitest'
import { isDiskFull } from './initdb.ts'

test.each([
  ['could not write to file "pg_wal/xlogtemp.20932": No space left on device', true],
  ['could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.', true],
  ['Disk quota exceeded', true],
  ['could not bind IPv4 address "127.0.0.1": Address already in use', false],
])('%s: a full disk is %s', (text, isFull) => {
  expect(isDiskFull(text)).toBe(isFull)
})
