import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StartupError } from '../startup-error.ts'
import { prepareDataDirectory, unusable } from './data-directory.ts'

let parent: string

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'data-directory-'))
})

afterEach(() => rm(parent, { recursive: true }))

test('is made with all above it, and left empty', async () => {
  const dataDir = path.join(parent, 'with space', 'ümlaut')
  await prepareDataDirectory(dataDir)
  await prepareDataDirectory(dataDir)
  expect((await stat(dataDir)).isDirectory()).toBe(true)
  expect(await readdir(dataDir)).toEqual([])
})

test('a file in its place is named', async () => {
  const dataDir = path.join(parent, 'file')
  await writeFile(dataDir, '')
  await expect(prepareDataDirectory(dataDir)).rejects.toThrow(`DATA_DIR ${dataDir} is not a directory.`)
})

test.runIf(process.platform === 'linux')('a place that takes no directories is named, and does not hang', async () => {
  await expect(prepareDataDirectory('/proc/nowhere/data')).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(/^DATA_DIR \/proc\/nowhere\/data cannot be made\.\n.*DATA_DIR/),
  })
})

test.each([
  ['EACCES', 'permission denied'],
  ['EROFS', 'read-only'],
  ['ENOSPC', 'full'],
])('%s is told in words, with the way out', (code, words) => {
  const told = unusable('/data', Object.assign(new Error(code), { code }))
  expect(told).toBeInstanceOf(StartupError)
  expect(String(told)).toMatch(new RegExp(`DATA_DIR /data .*${words}[^\n]*\n.*choose another one`))
})

test('other errors pass', () => {
  const error = new Error('bug')
  expect(unusable('/data', error)).toBe(error)
})
