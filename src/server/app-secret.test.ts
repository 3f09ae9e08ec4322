import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { appSecret } from './app-secret.ts'

test('a secret that is made up has 256 bits, stays the same, and is read by its user alone', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'waybill-secret-'))
  try {
    const made = await appSecret({ appSecret: null, dataDir })
    const file = path.join(dataDir, 'app-secret')
    expect(Buffer.from(made, 'base64url')).toHaveLength(32)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).trim()).toBe(made)
    expect(await appSecret({ appSecret: null, dataDir })).toBe(made)
    expect(await appSecret({ appSecret: 'one of the settings', dataDir })).toBe('one of the settings')
  } finally {
    await rm(dataDir, { recursive: true })
  }
})
