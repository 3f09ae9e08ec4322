import type { Pool } from 'pg'
import type { Catalog, PersonKeys, ProcessDefinition } from '../../bus/index.ts'
import { parseExact } from '../model/payload/exact-json.ts'
import type { ShownValue } from '../model/process-view.ts'
import { type ShownSources, shownValues } from '../model/shown-values.ts'
import { BODY_COLUMNS, maskedJson, type StoredBody } from './payloads.ts'

export interface ShownParts {
  pool: Pool
  catalog: Catalog
  people: PersonKeys
  processes: readonly ProcessDefinition[]
}

interface Instance {
  /** Of its process. */
  name: string
  key: string
  context: Record<string, unknown>
}

const STARTS = `
  SELECT r.process_name, r.process_key, ${BODY_COLUMNS}
  FROM unnest($1::text[], $2::text[]) AS of (name, key)
  JOIN process_revisions AS r ON r.process_name = of.name AND r.process_key = of.key AND r.version = 1
  JOIN messages AS m ON m.id = r.message_id`

interface StartRecord extends StoredBody {
  process_name: string
  process_key: string
}

/** What each instance shows of itself, in the order of the instances. */
export async function findShown(parts: ShownParts, instances: readonly Instance[]): Promise<ShownValue[][]> {
  const fieldsOf = ({ name }: Instance) => parts.processes.find((each) => each.name === name)?.shows ?? []
  const telling = instances.filter((each) => fieldsOf(each).some(({ message }) => message !== null))
  const startOf = await findStarts(parts, telling)
  return Promise.all(
    instances.map(async (each) => {
      const fields = fieldsOf(each)
      const remembers = fields.some(({ message }) => message === null)
      const context = remembers ? await openContext(parts.people, each.context) : {}
      return shownValues(fields, { start: startOf.get(idOf(each.name, each.key)) ?? null, context })
    }),
  )
}

async function findStarts({ pool, catalog }: ShownParts, instances: readonly Instance[]) {
  const starts = new Map<string, ShownSources['start']>()
  if (instances.length === 0) return starts
  const values = [instances.map(({ name }) => name), instances.map(({ key }) => key)]
  const { rows } = await pool.query<StartRecord>(STARTS, values)
  for (const row of rows) {
    starts.set(idOf(row.process_name, row.process_key), { name: row.name, body: parseExact(maskedJson(catalog, row)) })
  }
  return starts
}

async function openContext(people: PersonKeys, stored: Record<string, unknown>): Promise<unknown> {
  const { value, isErased } = await people.open(stored)
  return isErased ? { masked: 'erased' } : value
}

/** Names of processes have no spaces. */
function idOf(name: string, key: string): string {
  return `${name} ${key}`
}
