/**
 * `npm start`: makes what is missing, then becomes the app, in this very process, so that signals reach it. (In
 * package.json `exec` takes the shell out from between: npm would send SIGTERM to the shell, which passes nothing on.
 * Where a shell has no `exec`, as on Windows, what stands behind the bars is run.)
 * With the argument `worker` it is a node that handles messages and serves no pages.
 */
import { checkNode } from './check-node.mjs'

checkNode()
const isWorker = process.argv[2] === 'worker'
process.env.NODE_ENV ??= 'production'
process.env.NEXT_TELEMETRY_DISABLED = '1'
if (isWorker) process.env.ROLE = 'worker'
stopWithNpm()
const { prepare } = await import('./prepare.mjs')
await prepare(isWorker || process.env.ROLE === 'worker' ? 'client' : 'pages')
await import('../server/main.ts')

/** npm that was killed outright can tell nobody: without this the app would go on alone, and hold its port. */
function stopWithNpm() {
  const { npm_lifecycle_event: script } = process.env
  if (script !== 'start' && script !== 'worker') return
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), 250).unref()
}
