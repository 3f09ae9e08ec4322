/**
 * `npm start`: makes what is missing, then becomes the app, in this very process, so that signals reach it.
 * With the argument `worker` it is a node that handles messages and serves no pages.
 */
import { checkNode } from './check-node.mjs'

checkNode()
const isWorker = process.argv[2] === 'worker'
process.env.NODE_ENV ??= 'production'
process.env.NEXT_TELEMETRY_DISABLED = '1'
if (isWorker) process.env.ROLE = 'worker'
const { prepare } = await import('./prepare.mjs')
await prepare(isWorker || process.env.ROLE === 'worker' ? 'client' : 'pages')
await import('../server/main.ts')
