/** `npm run waybill -- <verb>`: the operator's command line. */
import { checkNode } from './check-node.mjs'

checkNode()
process.env.NODE_ENV ??= 'production'
const { prepare } = await import('./prepare.mjs')
await prepare('client')
await import('../cli/main.ts')
