/** Makes what is generated: Prisma's client and the production build. Nothing is made again that did not change. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const ROOT = path.resolve(import.meta.dirname, '../..')
const STAMPS = path.join(ROOT, '.build')
const LOCK = path.join(STAMPS, 'lock')
const LOCK_STALE_MS = 5 * 60_000

const STEPS = [
  {
    name: 'client',
    says: "making Prisma's client",
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'],
    output: 'prisma/generated/client.ts',
    command: ['prisma', 'generate'],
  },
  {
    name: 'pages',
    says: 'building the pages, which takes half a minute the first time',
    inputs: [
      'src',
      'public',
      'prisma/schema.prisma',
      'next.config.js',
      'postcss.config.mjs',
      'tsconfig.json',
      'package-lock.json',
    ],
    output: '.next/BUILD_ID',
    command: ['next', 'build'],
  },
]

/** @param {'client' | 'pages'} upTo the last step that is needed */
export async function prepare(upTo = 'pages') {
  mkdirSync(STAMPS, { recursive: true })
  await withLock(() => {
    for (const step of STEPS) {
      run(step)
      if (step.name === upTo) return
    }
  })
}

function run({ name, says, inputs, output, command }) {
  const stamp = path.join(STAMPS, name)
  const hash = hashOf(inputs)
  if (existsSync(path.join(ROOT, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  process.stdout.write(`Waybill: ${says}\n`)
  const [program, ...args] = command
  const bin = path.join(ROOT, 'node_modules/.bin', program)
  const env = {
    ...process.env,
    ...schemaEngine(),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
  }
  const { status, stdout, stderr, error } = spawnSync(bin, args, {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`)
    process.stderr.write(
      `\nWaybill could not be prepared: \`${command.join(' ')}\` failed, see above. If node_modules is incomplete, run \`npm ci\`.\n`,
    )
    process.exit(1)
  }
  writeFileSync(stamp, hash)
}

/** Prisma's own engine where its download came with `npm ci`; else the stand-in, so that nothing waits for a download. */
function schemaEngine() {
  const engines = path.join(ROOT, 'node_modules/@prisma/engines')
  const isThere = existsSync(engines) && readdirSync(engines).some((file) => file.startsWith('schema-engine-'))
  return isThere ? {} : { PRISMA_SCHEMA_ENGINE_BINARY: path.join(ROOT, 'prisma/schema-engine.mjs') }
}

function hashOf(inputs) {
  const hash = createHash('sha256').update(process.versions.node)
  for (const file of inputs.flatMap((input) => filesUnder(path.join(ROOT, input))).sort()) {
    // Tests are no part of the build.
    if (/\.test\.tsx?$/.test(file)) continue
    hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(place) {
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

/** Two starts at once on one checkout: the second waits, then finds everything made. */
async function withLock(work) {
  for (;;) {
    try {
      closeSync(openSync(LOCK, 'wx'))
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isStale()) rmSync(LOCK, { force: true })
      else await delay(200)
    }
  }
  const release = () => rmSync(LOCK, { force: true })
  process.once('exit', release)
  try {
    work()
  } finally {
    release()
    process.off('exit', release)
  }
}

function isStale() {
  const stat = statSync(LOCK, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > LOCK_STALE_MS
}
