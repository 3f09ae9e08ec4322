/** Makes what is generated: Prisma's client and the production build. Nothing is made again that did not change. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { waitForLock } from '../server/database/app-lock.ts'
import { processIdentity } from '../server/database/process-identity.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const STAMPS = path.join(ROOT, '.build')
const BUILDER = path.join(STAMPS, 'builder')

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

/**
 * Two starts at once on one checkout: the second waits, then finds everything made.
 *
 * @param {'client' | 'pages'} upTo the last step that is needed
 */
export async function prepare(upTo = 'pages') {
  mkdirSync(STAMPS, { recursive: true })
  const lock = await waitForLock(path.join(STAMPS, 'lock'))
  await endLeftBehind()
  const isMade = await make(STEPS.slice(0, STEPS.findIndex(({ name }) => name === upTo) + 1)).finally(lock.release)
  if (!isMade) process.exit(1)
}

async function make(steps) {
  for (const step of steps) if (!(await isDone(step))) return false
  return true
}

async function isDone({ name, says, inputs, output, command }) {
  const stamp = path.join(STAMPS, name)
  const hash = hashOf(inputs)
  if (existsSync(path.join(ROOT, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true
  process.stdout.write(`Waybill: ${says}\n`)
  const { isGood, isInterrupted, text } = await perform(command)
  if (isGood) writeFileSync(stamp, hash)
  else if (!isInterrupted) {
    process.stderr.write(
      `${text}\nWaybill could not be prepared: \`${command.join(' ')}\` failed, see above. If node_modules is incomplete, run \`npm ci\`.\n`,
    )
  }
  return isGood
}

/** A signal that ends us ends what we started, first. */
async function perform([program, ...args]) {
  const bin = path.join(ROOT, 'node_modules/.bin', program)
  const env = {
    ...process.env,
    ...schemaEngine(),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
  }
  const child = spawn(bin, args, {
    cwd: ROOT,
    env,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
  }
  await remember(child.pid)
  let isInterrupted = false
  const interrupt = (signal) => {
    isInterrupted = true
    child.kill(signal)
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  try {
    const code = await new Promise((resolve) => {
      child.once('close', resolve)
      child.once('error', (error) => {
        text += `${error.message}\n`
        resolve(null)
      })
    })
    return { isGood: code === 0 && !isInterrupted, isInterrupted, text }
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt)
  }
}

async function remember(pid) {
  if (pid) writeFileSync(BUILDER, `${pid} ${await processIdentity(pid)}`)
}

/** A start that was killed outright leaves its build running, and Next lets no second one begin. */
async function endLeftBehind() {
  if (!existsSync(BUILDER)) return
  const [pid = '', identity] = readFileSync(BUILDER, 'utf8').split(' ')
  const isRunning = async () => Number(pid) > 0 && (await processIdentity(Number(pid))) === identity
  if (await isRunning()) process.kill(Number(pid), 'SIGKILL')
  while (await isRunning()) await delay(50)
  rmSync(BUILDER)
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

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
