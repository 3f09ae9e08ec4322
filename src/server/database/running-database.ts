import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { StartupError } from '../startup-error.ts'
import { DATABASE_USER } from './cluster.ts'
import { processIdentity } from './process-identity.ts'

/**
 * The address of the built-in database of an app that runs on this machine now. Starts and changes nothing.
 *
 * @throws StartupError when no app runs on the data directory.
 */
export async function findRunningDatabase(dataDir: string): Promise<string> {
  const elsewhere = await readIfThere(path.join(dataDir, 'postgres-location'))
  const directory = elsewhere ?? path.join(dataDir, 'postgres')
  const [pid = '', , , port = ''] = (await readIfThere(path.join(directory, 'postmaster.pid')))?.split('\n') ?? []
  const password = await readIfThere(path.join(dataDir, 'postgres-password'))
  const isRunning = Number(pid) > 0 && (await processIdentity(Number(pid))) !== null
  if (!isRunning || !port || !password) {
    throw new StartupError(
      `No Waybill runs on DATA_DIR ${dataDir}.`,
      'Start it with `npm start`, or say with DATA_DIR or DATABASE_URL where it runs.',
    )
  }
  return `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port.trim()}/${DATABASE_USER}`
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').then(
    (text) => text.trim() || null,
    () => null,
  )
}
