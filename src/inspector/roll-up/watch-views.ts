import type { Clause } from '../model/filter/language.ts'
import { parseFilter } from '../model/filter/parse.ts'
import { ALERT_MINUTES, MOST_COUNTED } from '../model/saved-view.ts'
import { type SearchParts, search } from '../queries/search.ts'

/** Views that are watched at once. */
const MOST_WATCHED = 200
/** Messages that are looked at for one view. */
const MOST_LOOKED_AT = 20_000

const WATCHED = {
  name: 'find-watched-views',
  text: `SELECT id, filter FROM saved_views WHERE alert_from IS NOT NULL ORDER BY saved_at LIMIT ${MOST_WATCHED}`,
}

/** What was saved anew meanwhile is looked at the next time. */
const NOTE = {
  name: 'note-watched-view',
  text: `
    UPDATE saved_views
    SET alert_count = $3::int,
        alert_since = CASE WHEN $3::int >= alert_from THEN coalesce(alert_since, now()) END,
        alert_cleared_at = CASE WHEN $3::int >= alert_from THEN NULL WHEN alert_since IS NOT NULL THEN now()
                                ELSE alert_cleared_at END
    WHERE id = $1 AND filter = $2 AND (alert_count IS DISTINCT FROM $3::int OR (alert_since IS NULL) = ($3::int >= alert_from))`,
}

/** Counts what was sent lately of each view that wants to be an alert, for everybody. */
export async function watchViews(parts: SearchParts, signal: AbortSignal): Promise<void> {
  const { rows } = await parts.pool.query<{ id: string; filter: string }>(WATCHED)
  const failures: unknown[] = []
  for (const { id, filter } of rows) {
    if (signal.aborted) return
    const clauses = clausesOf(filter)
    // Of a filter that this build cannot read nothing is said.
    if (clauses) await watch(parts, { id, filter, clauses }).catch((error: unknown) => failures.push(error))
  }
  // Each view had its turn: the others do not wait for the one that cannot be searched.
  if (failures.length > 0) throw new AggregateError(failures, `Views that could not be counted: ${failures.length}`)
}

async function watch(
  parts: SearchParts,
  { id, filter, clauses }: { id: string; filter: string; clauses: readonly Clause[] },
): Promise<void> {
  await parts.pool.query({ ...NOTE, values: [id, filter, await countLately(parts, clauses)] })
}

function clausesOf(filter: string): readonly Clause[] | null {
  const parsed = parseFilter(`${filter} age:<${ALERT_MINUTES}m`)
  return parsed.ok ? parsed.clauses : null
}

async function countLately(parts: SearchParts, clauses: readonly Clause[]): Promise<number> {
  let count = 0
  let looked = 0
  for (let before: Parameters<typeof search>[1]['before'] = null; ; ) {
    const page = await search(parts, { clauses, before, limit: MOST_COUNTED - count })
    count += page.rows.length
    looked += page.looked
    before = page.next
    if (before === null || count >= MOST_COUNTED || looked >= MOST_LOOKED_AT) return count
  }
}
