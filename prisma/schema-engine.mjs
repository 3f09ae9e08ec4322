#!/usr/bin/env -S node --stack-size=4000
// Stands in for Prisma's native schema engine where that could not be downloaded: the same JSON-RPC over standard
// input and output, answered by the engine that npm carries. src/tools/prisma.mjs says when it is used.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { openSchemaEngine } from '../src/server/database/schema-engine.ts'

const args = process.argv.slice(2)
const valuesOf = (flag) => args.flatMap((arg, index) => (arg === flag ? [args[index + 1]] : []))
const { url } = JSON.parse(valuesOf('--datasource')[0] ?? '{}')

function log(level, fields) {
  const line = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

if (args.includes('cli')) await runDatabaseCommand(args.at(-1))
else answerRequests()

async function runDatabaseCommand(command) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  const quoted = pg.escapeIdentifier(name)
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const run = {
    'can-connect-to-database': () => query(url, 'SELECT', 'Connection successful'),
    'create-database': () => query(admin.href, `CREATE DATABASE ${quoted}`, `Successfully created database ${name}`),
    'drop-database': () =>
      query(admin.href, `DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`, 'The database was successfully dropped'),
  }[command]
  try {
    log('INFO', { message: await run() })
  } catch (error) {
    const isMissing = error.code === '3D000'
    log('ERROR', { is_panic: false, error_code: isMissing ? 'P1003' : 'P1001', message: error.message || error.code })
    process.exitCode = 1
  }
}

async function query(connectionString, sql, done) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
    return done
  } finally {
    await client.end()
  }
}

function answerRequests() {
  let engine
  let queue = Promise.resolve()
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    const request = JSON.parse(line)
    if (!request.method) return
    engine ??= openEngine()
    queue = queue.then(() => answer(engine, request))
  })
  lines.on('close', () => queue.then(() => process.exit(0)))
}

function openEngine() {
  const files = valuesOf('--datamodels').map((file) => [file, readFileSync(file, 'utf8')])
  return openSchemaEngine({
    database: url,
    ...(files.length > 0 && { datamodels: files }),
    log: (message) => log('INFO', { message }),
    onPanic: (message) => log('ERROR', { is_panic: true, message }),
  })
}

async function answer(engine, { id, method, params }) {
  const name = method === 'getDatabaseVersion' ? 'version' : method
  try {
    const result = await (await engine)[name](params)
    if (method === 'diff' && result?.stdout) {
      send({ id: -1, method: 'print', params: { content: result.stdout } })
      send({ id, result: { exitCode: result.exitCode } })
    } else {
      send({ id, result: result ?? null })
    }
  } catch (error) {
    const data = {
      is_panic: false,
      message: error.message ?? String(error),
      meta: error.meta ?? null,
      error_code: error.code ?? null,
    }
    send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } })
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}
