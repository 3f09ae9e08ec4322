/** `npm run bench`: makes Prisma's client where it is missing, then becomes the benchmark. */
import { checkNode } from './check-node.mjs'

checkNode()
process.env.NODE_ENV ??= 'production'
const { prepare } = await import('./prepare.mjs')
await prepare('client')
await import('../../bench/main.ts')
