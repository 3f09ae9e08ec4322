import type { Pool } from 'pg'
import type { PersonKeys } from '../../bus/index.ts'
import { type AlertLevel, type Clearance, WATCHED, type Watched } from '../model/alerts.ts'

const CLEARANCES = {
  name: 'find-clearances',
  text: `
    SELECT c.alert, c.level, c.cleared_at, u.name AS actor
    FROM alert_clearances AS c LEFT JOIN users AS u ON u.id = c.actor_id WHERE c.alert = ANY ($1)`,
}

export interface ClearanceRecord {
  level: AlertLevel
  cleared_at: Date
  actor: string | null
}

export interface ClearanceParts {
  pool: Pool
  people: Pick<PersonKeys, 'openText'>
}

/** Who said last of the numbers of the overview that they are seen to. */
export async function findClearances({ pool, people }: ClearanceParts): Promise<Partial<Record<Watched, Clearance>>> {
  const { rows } = await pool.query<ClearanceRecord & { alert: Watched }>({ ...CLEARANCES, values: [WATCHED] })
  const found = rows.map(async (row) => [row.alert, await toClearance(people, row)] as const)
  return Object.fromEntries(await Promise.all(found))
}

export async function toClearance(
  people: ClearanceParts['people'],
  { level, cleared_at, actor }: ClearanceRecord,
): Promise<Clearance> {
  return { level, at: cleared_at.toISOString(), by: actor === null ? null : ((await people.openText(actor)) ?? null) }
}
