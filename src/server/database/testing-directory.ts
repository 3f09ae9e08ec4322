import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/**
 * A place for a test's data. Run as root, PostgreSQL's own account gets through to it: else its files would be made
 * elsewhere, and stay.
 */
export async function createTestDirectory(name: string): Promise<{ path: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(path.join(os.tmpdir(), `waybill ${name} `))
  await chmod(directory, 0o755)
  return { path: directory, remove: () => rm(directory, { recursive: true, force: true }) }
}
