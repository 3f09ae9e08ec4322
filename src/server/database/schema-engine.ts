import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import type pg from 'pg'

export type { SchemaEngine } from '@prisma/schema-engine-wasm'

interface EngineOptions {
  /** A URL, or a pool whose connections it shall use. */
  readonly database: string | pg.Pool
  /** Path and text of each schema file. */
  readonly datamodels?: [string, string][]
  readonly log?: (message: string) => void
  readonly onPanic?: (message: string) => void
  /** Told of the error of a script, which the engine itself may hide behind one that follows from it. */
  readonly onScriptError?: (error: unknown) => void
}

// The engine panics when it has none at all.
const NO_MODELS: [string, string][] = [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']]

/**
 * Prisma's own engine for migrations, in the form that npm carries: WebAssembly on top of `pg`, nothing downloaded.
 */
export async function openSchemaEngine(options: EngineOptions): Promise<SchemaEngine> {
  // Once per process: the bindings belong to one instance, and a second would take them away from the first.
  bindings ??= loadEngine()
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: options.onPanic ?? (() => undefined) } })
  const { SchemaEngine: Engine } = await bindings
  const log = (message: unknown) => options.log?.(String(message))
  const adapter = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(options.database, options.onScriptError))
  return Engine.new({ datamodels: options.datamodels ?? NO_MODELS }, log, adapter)
}

interface EngineBindings {
  readonly SchemaEngine: typeof SchemaEngine
  __wbg_set_wasm(exports: WebAssembly.Exports): void
}

let bindings: Promise<EngineBindings> | undefined

/** Does what the package's own entrance leaves to a bundler: it imports its .wasm file as a module. */
async function loadEngine(): Promise<EngineBindings> {
  const name = '@prisma/schema-engine-wasm/schema_engine_bg'
  const bindings = (await import(name)) as EngineBindings
  const bytes = await readFile(
    createRequire(import.meta.url)
      .resolve(name)
      .replace(/\.js$/, '.wasm'),
  )
  const imports = { './schema_engine_bg.js': { ...bindings } } as unknown as WebAssembly.Imports
  const { instance } = await WebAssembly.instantiate(bytes, imports)
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start as () => void
  start()
  return bindings
}

/** What adapter-pg does inside, as far as it has to be put right. */
interface AdapterInside extends SqlDriverAdapter {
  performIO(query: SqlQuery): Promise<{ fields?: { dataTypeID: number }[]; rows: object }>
  underlyingDriver(): pg.Pool
  onError(error: unknown): never
  release?: () => Promise<void>
}

/** Closes the gaps of adapter-pg 7.10 that the engine falls into. */
class MigrationAdapter extends PrismaPg {
  readonly #database: string | pg.Pool
  readonly #onScriptError: (error: unknown) => void

  constructor(database: string | pg.Pool, onScriptError: (error: unknown) => void = () => undefined) {
    super(database)
    this.#database = database
    this.#onScriptError = onScriptError
  }

  override async connect() {
    const adapter = await super.connect()
    putRight(adapter as unknown as AdapterInside, this.#onScriptError)
    return adapter
  }

  // As it comes, a connection string wins over the shadow database's name, and the database itself is the shadow.
  override async connectToShadowDb() {
    if (typeof this.#database !== 'string') throw new Error('A shadow database needs a URL, not a pool')
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
    const admin = await this.connect()
    await admin.executeScript(`CREATE DATABASE "${name}"`)
    const url = new URL(this.#database)
    url.pathname = `/${name}`
    const shadow = await new MigrationAdapter(url.href).connect()
    const inside = shadow as unknown as AdapterInside
    const release = inside.release?.bind(inside)
    inside.release = async () => {
      await release?.()
      await admin.executeScript(`DROP DATABASE "${name}" WITH (FORCE)`)
      await admin.dispose()
    }
    return shadow
  }
}

function putRight(adapter: AdapterInside, onScriptError: (error: unknown) => void): void {
  sendScriptsWhole(adapter, onScriptError)
  presentCharColumns(adapter)
}

/** As it comes, a script is cut at every `;`, function bodies too, and its parts are spread over the pool. */
function sendScriptsWhole(adapter: AdapterInside, onScriptError: (error: unknown) => void): void {
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script)
    } catch (error) {
      onScriptError(error)
      adapter.onError(error)
    }
  }
}

const CATALOG_CHAR = 18
const TEXT = 25
const CATALOG_CHAR_ARRAY = 1002
const TEXT_ARRAY = 1009

/** As it comes, the catalog's columns of type "char" are "unsupported", and nothing can be compared. */
function presentCharColumns(adapter: AdapterInside): void {
  const performIO = adapter.performIO.bind(adapter)
  const queryRaw = adapter.queryRaw.bind(adapter)
  const marks = new WeakMap<object, [number, SqlResultSet['columnTypes'][number]][]>()
  adapter.performIO = async (query) => {
    const result = await performIO(query)
    const found: [number, SqlResultSet['columnTypes'][number]][] = []
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID === CATALOG_CHAR) found.push([index, ColumnTypeEnum.Character])
      if (field.dataTypeID === CATALOG_CHAR_ARRAY) found.push([index, ColumnTypeEnum.CharacterArray])
      if (field.dataTypeID === CATALOG_CHAR) field.dataTypeID = TEXT
      if (field.dataTypeID === CATALOG_CHAR_ARRAY) field.dataTypeID = TEXT_ARRAY
    }
    marks.set(result.rows, found)
    return result
  }
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const [index, type] of marks.get(result.rows) ?? []) result.columnTypes[index] = type
    return result
  }
}
