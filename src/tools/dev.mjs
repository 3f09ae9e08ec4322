/** `npm run dev`: the app with hot reload. A change of the server starts it anew; a change of a page does not. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { checkNode } from './check-node.mjs'

checkNode()
const { prepare } = await import('./prepare.mjs')
await prepare('client')
const root = path.resolve(import.meta.dirname, '../..')
const child = spawn(path.join(root, 'node_modules/.bin/tsx'), ['watch', '--clear-screen=false', 'src/server/main.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 0))
