/** Starts the app as a first run: on an empty data directory. */
import { rm } from 'node:fs/promises'
import { DATA_DIR } from './place.ts'

await rm(DATA_DIR, { recursive: true, force: true })
// @ts-expect-error the entrance of `npm start` is plain JavaScript
await import('../src/tools/start.mjs')
