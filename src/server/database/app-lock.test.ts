import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDataDirectory, waitForLock } from './app-lock.ts'
import { processIdentity } from './process-identity.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'app-lock-'))
})

afterEach(() => rm(dataDir, { recursive: true }))

const lockFile = () => path.join(dataDir, 'app.lock')

test('a second one is told which process has it and what to do', async () => {
  await lockDataDirectory(dataDir)
  const message = `DATA_DIR ${dataDir} is in use by process ${process.pid}.`
  const refusal = { name: 'StartupError', message: expect.stringMatching(new RegExp(`^${message}\nStop it`)) }
  await expect(lockDataDirectory(dataDir)).rejects.toMatchObject(refusal)
})

test('released, it can be taken again, and no file is left', async () => {
  await (await lockDataDirectory(dataDir)).release()
  await (await lockDataDirectory(dataDir)).release()
  expect(await readdir(dataDir)).toEqual([])
})

test('of many at once, one gets it', async () => {
  await writeFile(lockFile(), JSON.stringify({ pid: 1, identity: 'of another boot' }))
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataDirectory(dataDir)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await readdir(dataDir)).toEqual(['app.lock'])
})

test('a process that is gone has nothing', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  const identity = await processIdentity(pid)
  await writeFile(lockFile(), JSON.stringify({ pid, identity }))
  await expect(lockDataDirectory(dataDir)).rejects.toThrow(`in use by process ${pid}`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await lockDataDirectory(dataDir)
  expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid })
})

test('a living process that only has the same pid is not mistaken for the holder', async () => {
  await writeFile(
    lockFile(),
    JSON.stringify({ pid: process.ppid, identity: 'of the process that had this pid before' }),
  )
  await lockDataDirectory(dataDir)
})

test.each(['', 'not json', '{"pid":"x"}'])('a lock file with %j in it is no lock', async (content) => {
  await writeFile(lockFile(), content)
  await lockDataDirectory(dataDir)
})

test('whoever waits gets it once the holder is gone, and not before', async () => {
  const file = path.join(dataDir, 'build.lock')
  const first = await waitForLock(file)
  let isTaken = false
  const second = waitForLock(file).then((lock) => {
    isTaken = true
    return lock
  })
  await expect(lockDataDirectory(dataDir)).resolves.toBeDefined()
  expect(isTaken).toBe(false)
  await first.release()
  await (await second).release()
  await expect(readFile(file)).rejects.toThrow('ENOENT')
})
