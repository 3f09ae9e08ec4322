#!/usr/bin/env -S node --stack-size=4000
// Stands in for Prisma's native schema engine where that cannot be downloaded: the same JSON-RPC over stdio, on top
// of @prisma/schema-engine-wasm and @prisma/adapter-pg. PRISMA_SCHEMA_ENGINE_BINARY=prisma/schema-engine.mjs
import fs from 'node:fs'
import { createRequire } from 'node:module'
import readline from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

const argv = process.argv.slice(2)
const values = (flag) => argv.flatMap((a, i) => (a === flag ? [argv[i + 1]] : []))
const log = (level, fields) =>
  process.stderr.write(
    `${JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' })}\n`,
  )
const datasource = JSON.parse(values('--datasource')[0] ?? '{}')

if (argv.includes('cli')) {
  process.stderr.write('\n')
  const command = argv.at(-1)
  const url = new URL(datasource.url)
  const name = decodeURIComponent(url.pathname.slice(1))
  const run = async (u, sql) => {
    const c = new pg.Client({ connectionString: String(u) })
    await c.connect()
    try {
      if (sql) await c.query(sql)
    } finally {
      await c.end()
    }
  }
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const id = `"${name.replaceAll('"', '""')}"`
  try {
    if (command === 'can-connect-to-database') {
      await run(url)
      log('INFO', { message: 'Connection successful' })
    } else if (command === 'create-database') {
      await run(admin, `CREATE DATABASE ${id}`)
      log('INFO', { message: `Successfully created database ${name}` })
    } else if (command === 'drop-database') {
      await run(admin, `DROP DATABASE IF EXISTS ${id} WITH (FORCE)`)
      log('INFO', { message: 'The database was successfully dropped' })
    }
    process.exit(0)
  } catch (e) {
    log('ERROR', { is_panic: false, error_code: e.code === '3D000' ? 'P1003' : 'P1001', message: e.message })
    process.exit(1)
  }
}

const require = createRequire(import.meta.url)
const bg = await import('@prisma/schema-engine-wasm/schema_engine_bg')
const wasm = fs.readFileSync(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm'))
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { './schema_engine_bg.js': bg })
bg.__wbg_set_wasm(exports)
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (m) => log('ERROR', { is_panic: true, message: m }) }
exports.__wbindgen_start()
/**
 * Two gaps of adapter-pg 7.10 that the schema engine trips over:
 * - the catalog's "char" columns (oid 18, array 1002) are "unsupported": present them as Character;
 * - executeScript splits at every ';' (breaking $$-bodies) and spreads the parts over a pool: send each script whole.
 */
const charColumns = new WeakMap()
const adapt = (conn) => {
  const performIO = conn.performIO.bind(conn)
  const queryRaw = conn.queryRaw.bind(conn)
  conn.performIO = async (query) => {
    const result = await performIO(query)
    const marks = []
    result.fields?.forEach((f, i) => {
      if (f.dataTypeID === 18) {
        f.dataTypeID = 25
        marks.push([i, ColumnTypeEnum.Character])
      } else if (f.dataTypeID === 1002) {
        f.dataTypeID = 1009
        marks.push([i, ColumnTypeEnum.CharacterArray])
      }
    })
    charColumns.set(result.rows, marks)
    return result
  }
  conn.queryRaw = async (query) => {
    const out = await queryRaw(query)
    for (const [i, type] of charColumns.get(out.rows) ?? []) out.columnTypes[i] = type
    return out
  }
  conn.executeScript = async (script) => {
    try {
      await conn.underlyingDriver().query(script)
    } catch (e) {
      conn.onError(e)
    }
  }
  return conn
}
class Factory extends PrismaPg {
  constructor(config) {
    super(config)
    this.plain = config
  }
  async connect() {
    return adapt(await super.connect())
  }
  async connectToShadowDb() {
    const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
    const admin = await this.connect()
    await admin.executeScript(`CREATE DATABASE "${database}"`)
    const shadow = await new Factory({ ...this.plain, database }).connect()
    const close = shadow.release
    shadow.release = async () => {
      await close()
      await admin.executeScript(`DROP DATABASE "${database}" WITH (FORCE)`)
      await admin.dispose()
    }
    return shadow
  }
}
/** Not as connectionString: that would win over the shadow database's name. `pg` reads it, with its sslmode. */
const connection = (connectionString) => {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString })
  return { host, port, user, password, database, ssl }
}
let enginePromise
const files = values('--datamodels')
const datamodels = files.length
  ? files.map((p) => [p, fs.readFileSync(p, 'utf8')])
  : [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']]
const engine = () =>
  (enginePromise ??= bg.SchemaEngine.new(
    { datamodels },
    (m) => log('INFO', { message: String(m) }),
    bindMigrationAwareSqlAdapterFactory(new Factory(connection(datasource.url))),
  ))
const rename = { getDatabaseVersion: 'version' }
const send = (m) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...m })}\n`)
let queue = Promise.resolve()
const rl = readline.createInterface({ input: process.stdin })
rl.on('line', (line) => {
  const req = JSON.parse(line)
  if (!req.method) return
  queue = queue.then(async () => {
    try {
      const e = await engine()
      let result = await e[rename[req.method] ?? req.method](req.params)
      if (req.method === 'diff' && result?.stdout) {
        send({ id: -1, method: 'print', params: { content: result.stdout } })
        result = { exitCode: result.exitCode }
      }
      send({ id: req.id, result: result ?? null })
    } catch (err) {
      send({
        id: req.id,
        error: {
          code: 4466,
          message: 'An error happened. Check the data field for details.',
          data: {
            is_panic: false,
            message: err.message ?? String(err),
            meta: err.meta ?? null,
            error_code: err.code ?? null,
          },
        },
      })
    }
  })
})
rl.on('close', () => {
  void queue.then(() => process.exit(0))
})
