import { randomBytes } from 'node:crypto'
import { chmod, chown, lchown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { StartupError } from '../startup-error.ts'
import type { ClusterPlace } from './cluster-place.ts'
import { runInitdb } from './initdb.ts'
import type { Account } from './postgres-account.ts'
import type { PostgresPrograms } from './postgres-programs.ts'

/** The superuser of the built-in database, and the name of the app's database in it. */
export const DATABASE_USER = 'waybill'

/** Makes the files of an empty database, unless they are there; returns the password. */
export async function ensureCluster(
  dataDir: string,
  place: ClusterPlace,
  programs: () => Promise<PostgresPrograms>,
): Promise<string> {
  const passwordFile = path.join(dataDir, 'postgres-password')
  const exists = await isThere(path.join(place.directory, 'PG_VERSION'))
  const kept = (await isThere(passwordFile)) ? (await readFile(passwordFile, 'utf8')).trim() : ''
  if (exists && !kept) throw passwordLost(dataDir, passwordFile)
  if (exists) {
    if (place.account) await handOver(place.directory, place.account)
    return kept
  }
  const password = kept || randomBytes(24).toString('base64url')
  await writeDurably(passwordFile, password)
  await create(place, await programs(), password)
  return password
}

/** Made aside and renamed when it is whole: an interrupted first start leaves nothing half made. */
async function create(place: ClusterPlace, programs: PostgresPrograms, password: string): Promise<void> {
  const draft = `${place.directory}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  await chmod(draft, 0o700)
  const passwordFile = path.join(path.dirname(draft), `postgres-password.${process.pid}`)
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    for (const each of place.account ? [draft, passwordFile] : []) {
      await chown(each, place.account?.uid ?? 0, place.account?.gid ?? 0)
    }
    await runInitdb(programs.initdb, { directory: draft, passwordFile, user: DATABASE_USER, account: place.account })
    await rename(draft, place.directory)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}

/** Files that came back from a backup belong to root. */
async function handOver(directory: string, account: Account): Promise<void> {
  const { uid } = await stat(directory)
  if (uid === account.uid) return
  for (const entry of await readdir(directory, { recursive: true })) {
    await lchown(path.join(directory, entry), account.uid, account.gid)
  }
  await chown(directory, account.uid, account.gid)
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(`${text}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

function passwordLost(dataDir: string, file: string): StartupError {
  const wayOut = `Bring that file back, or choose another directory with DATA_DIR to start with an empty database.`
  return new StartupError(`The database in DATA_DIR ${dataDir} cannot be opened: ${file} is gone.`, wayOut)
}
