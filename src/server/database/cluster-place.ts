import { mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { StartupError } from '../startup-error.ts'
import { type Account, canReach, postgresAccount } from './postgres-account.ts'

/** Where the database's files are, and who owns them (`null`: whoever runs the app). */
export interface ClusterPlace {
  readonly directory: string
  readonly account: Account | null
}

/** For what PostgreSQL's own account must reach and cannot below a home directory of root's. */
export const SYSTEM_DIRECTORY = '/var/lib/waybill'

/**
 * The files are in `<DATA_DIR>/postgres`. Only when root runs the app from where PostgreSQL's own account cannot
 * go (such as /root) they are below /var/lib/waybill, and `<DATA_DIR>/postgres-location` says where.
 */
export async function clusterPlace(dataDir: string): Promise<ClusterPlace> {
  const pointer = path.join(dataDir, 'postgres-location')
  const known = (await readIfThere(pointer))?.trim()
  if (known) return placeElsewhere(dataDir, known)
  const inside = path.join(dataDir, 'postgres')
  const account = await postgresAccount(inside)
  if (!account) return { directory: await ownedByUs(inside, dataDir), account }
  if (await canReach(account, dataDir)) return { directory: inside, account }
  // A name of its own each time: a data directory that was deleted, or moved away for a while, left its files there.
  const directory = path.join(SYSTEM_DIRECTORY, crypto.randomUUID(), 'postgres')
  await mkdir(path.dirname(directory), { recursive: true, mode: 0o755 })
  await writeFile(pointer, `${directory}\n`)
  return placeElsewhere(dataDir, directory)
}

/** Two data directories must not share one database: a copy of a data directory brings a copy of its pointer. */
async function placeElsewhere(dataDir: string, directory: string): Promise<ClusterPlace> {
  const account = await postgresAccount(directory)
  if (!account) throw madeByRoot(dataDir, directory)
  await mkdir(path.dirname(directory), { recursive: true, mode: 0o755 })
  const ownerFile = path.join(path.dirname(directory), 'owner')
  const self = await realpath(dataDir)
  const owner = (await readIfThere(ownerFile))?.trim() ?? self
  if (owner !== self && (await pointsTo(owner, directory))) throw isCopy(dataDir, owner)
  await writeFile(ownerFile, `${self}\n`)
  return { directory, account }
}

async function pointsTo(dataDir: string, directory: string): Promise<boolean> {
  return (await readIfThere(path.join(dataDir, 'postgres-location')))?.trim() === directory
}

async function ownedByUs(directory: string, dataDir: string): Promise<string> {
  const owner = await stat(directory).then(
    ({ uid }) => uid,
    () => null,
  )
  if (owner !== null && process.getuid && owner !== process.getuid()) throw madeByAnother(dataDir, owner)
  return directory
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function madeByRoot(dataDir: string, directory: string): StartupError {
  const problem = `The database of DATA_DIR ${dataDir} was made by root, its files are in ${directory}.`
  return new StartupError(problem, 'Start as root again, or choose another directory with DATA_DIR.')
}

function madeByAnother(dataDir: string, uid: number): StartupError {
  const problem = `The database in DATA_DIR ${dataDir} belongs to another user (uid ${uid}).`
  return new StartupError(problem, 'Start as that user, or as root, or choose another directory with DATA_DIR.')
}

function isCopy(dataDir: string, owner: string): StartupError {
  const problem = `DATA_DIR ${dataDir} is a copy of ${owner}: both point to one database.`
  return new StartupError(problem, `To start with an empty one, delete ${path.join(dataDir, 'postgres-location')}.`)
}
