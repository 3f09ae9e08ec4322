import { type AlertLevel, levelAfter } from '../model/alerts.ts'
import type { Clause } from '../model/filter/language.ts'
import { parseFilter } from '../model/filter/parse.ts'
import { ALERT_MINUTES, MOST_COUNTED, MOST_LOOKED_AT, URGENT_TIMES } from '../model/saved-view.ts'
import { type SearchParts, search } from '../queries/search.ts'

/** Views that are read at once. */
const PAGE = 100

interface Watched {
  id: string
  filter: string
  alert_from: number
  alert_level: AlertLevel
}

const WATCHED = {
  name: 'find-watched-views',
  text: `
    SELECT id, filter, alert_from, alert_level FROM saved_views
    WHERE alert_from IS NOT NULL AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT ${PAGE}`,
}

/** What was saved anew meanwhile is looked at the next time. */
const IS_UNCHANGED = 'id = $1 AND filter = $2 AND alert_from = $3'

const NOTE_COUNT = {
  name: 'note-watched-view',
  text: `
    UPDATE saved_views
    SET alert_count = $4::int, alert_level = $5::int,
        alert_peak = CASE WHEN $5::int > 0 THEN greatest(alert_peak, $5::int) ELSE 0 END,
        alert_since = CASE WHEN $5::int > 0 THEN coalesce(alert_since, now()) END,
        alert_cleared_at = CASE WHEN $5::int > 0 THEN NULL WHEN alert_since IS NOT NULL THEN now()
                                ELSE alert_cleared_at END,
        alert_unknown_since = NULL
    WHERE ${IS_UNCHANGED}
      AND (alert_count IS DISTINCT FROM $4::int OR alert_level <> $5::int OR alert_unknown_since IS NOT NULL)`,
}

/** What was raised stays so: nobody knows better. */
const NOTE_UNKNOWN = {
  name: 'note-unknown-view',
  text: `UPDATE saved_views SET alert_unknown_since = now() WHERE ${IS_UNCHANGED} AND alert_unknown_since IS NULL`,
}

/** Counts what was sent lately of each view that wants to be an alert, for everybody. */
export async function watchViews(parts: SearchParts, signal: AbortSignal): Promise<void> {
  const failures: unknown[] = []
  for await (const view of watchedViews(parts)) {
    if (signal.aborted) return
    await watch(parts, view).catch((error: unknown) => failures.push(error))
  }
  // Each view had its turn: the others do not wait for the one that cannot be searched.
  if (failures.length > 0) throw new AggregateError(failures, `Views that could not be counted: ${failures.length}`)
}

async function* watchedViews({ pool }: SearchParts): AsyncGenerator<Watched> {
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: Watched[] } = await pool.query<Watched>({ ...WATCHED, values: [after] })
    yield* rows
    if (rows.length < PAGE) return
    after = rows.at(-1)!.id
  }
}

async function watch(parts: SearchParts, view: Watched): Promise<void> {
  const { id, filter, alert_from: look, alert_level: before } = view
  const same = [id, filter, look]
  const levelOf = (count: number) => levelAfter(before, count, [look, look * URGENT_TIMES])
  const note = (count: number | null) =>
    parts.pool.query(
      count === null ? { ...NOTE_UNKNOWN, values: same } : { ...NOTE_COUNT, values: [...same, count, levelOf(count)] },
    )
  try {
    await note(await countLately(parts, view))
  } catch (error) {
    await note(null)
    throw error
  }
}

/** Null where it is not known whether there are as many as make an alert. */
async function countLately(parts: SearchParts, view: Watched): Promise<number | null> {
  const clauses = clausesOf(view.filter)
  // Another build has saved it, and this one cannot read it.
  if (!clauses) return null
  let count = 0
  let looked = 0
  for (let before: Parameters<typeof search>[1]['before'] = null; ; ) {
    const page = await search(parts, { clauses, before, limit: MOST_COUNTED - count })
    count += page.rows.length
    looked += page.looked
    before = page.next
    if (before === null || count >= MOST_COUNTED) return count
    if (looked >= MOST_LOOKED_AT) return count >= view.alert_from ? count : null
  }
}

function clausesOf(filter: string): readonly Clause[] | null {
  const parsed = parseFilter(`${filter} age:<${ALERT_MINUTES}m`)
  return parsed.ok ? parsed.clauses : null
}
