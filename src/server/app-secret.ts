import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from './config.ts'
import { unusable } from './database/data-directory.ts'

/**
 * The key that seals secrets: APP_SECRET, or the one in the data directory, made up on the first start.
 *
 * Call it after the data directory is ours; two starts must not both make one up.
 */
export async function appSecret(config: Pick<Config, 'appSecret' | 'dataDir'>): Promise<string> {
  if (config.appSecret) return config.appSecret
  const file = path.join(config.dataDir, 'app-secret')
  try {
    return (await keptIn(file)) ?? (await makeUp(file))
  } catch (error) {
    throw unusable(config.dataDir, error)
  }
}

async function keptIn(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim() || undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function makeUp(file: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, `${secret}\n`, { mode: 0o600, flush: true })
  return secret
}
