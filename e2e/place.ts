import os from 'node:os'
import path from 'node:path'

/** Where the app under test lives: a port of its own, and data that are thrown away, of each user's own. */
export const PORT = 3905
export const BASE_URL = `http://localhost:${PORT}`
export const DATA_DIR = path.join(os.tmpdir(), `waybill-e2e-${os.userInfo().username}`)
