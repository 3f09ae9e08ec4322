import type { Pool } from 'pg'
import type { MaskedValue, PersonKeys, StateValue } from '../../bus/index.ts'
import type { RevisionRequest, Snapshot } from '../model/process-view.ts'
import { type SideLine, sideBySide } from '../model/side-by-side.ts'

const ERASED: MaskedValue = { masked: 'erased' }

const REVISION = `
  SELECT state_before, state_after, context_before, context_after
  FROM process_revisions WHERE process_name = $1 AND process_key = $2 AND version = $3`

interface RevisionRecord {
  state_before: StateValue | null
  state_after: StateValue
  context_before: Record<string, unknown> | null
  context_after: Record<string, unknown>
}

/** One step of an instance, with all of its state before and after; null where there is none. */
export async function findRevision(
  { pool, people }: { pool: Pool; people: PersonKeys },
  { name, key, version }: RevisionRequest,
): Promise<SideLine[] | null> {
  const { rows } = await pool.query<RevisionRecord>(REVISION, [name, key, version])
  const [row] = rows
  if (!row) return null
  const snapshot = async (state: StateValue, stored: RevisionRecord['context_before']): Promise<Snapshot> => {
    const { value, isErased } = await people.open(stored ?? {})
    return { state, context: isErased ? { ...ERASED } : (value as Record<string, unknown>) }
  }
  const before = row.state_before === null ? null : await snapshot(row.state_before, row.context_before)
  return sideBySide(before, await snapshot(row.state_after, row.context_after))
}
