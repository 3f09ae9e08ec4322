import os from 'node:os'
import path from 'node:path'
import { freePort } from './own-app.ts'

/**
 * Where the app under test lives: a port that was free, and data that are thrown away. Chosen once, by whoever asks
 * first: the processes that run the tests inherit it.
 */
process.env.WAYBILL_E2E_PORT ??= String(await freePort())
export const PORT = Number(process.env.WAYBILL_E2E_PORT)
export const BASE_URL = `http://localhost:${PORT}`
export const DATA_DIR = path.join(os.tmpdir(), `waybill-e2e-${PORT}`)
