import { BATCH, type ResealingParts, type Rest } from './parts.ts'

interface Place {
  /** Of its table, and of its instance. */
  key: string[]
  person: string
  contexts: Record<string, unknown>
}

const IN_CLEAR = (column: string) => `${column} <> '{}' AND NOT ${column} ? 'sealed'`

const INSTANCES = {
  first: ['', ''],
  find: `
    SELECT ARRAY[name, key] AS key, subject_id AS person, jsonb_build_object('context', context) AS contexts
    FROM processes
    WHERE subject_id IS NOT NULL AND (name, key) > ($1, $2) AND ${IN_CLEAR('context')}
    ORDER BY name, key LIMIT ${BATCH}`,
  write: `UPDATE processes SET context = $3::jsonb -> 'context' WHERE name = $1 AND key = $2 AND context = $4::jsonb -> 'context'`,
}

const REVISIONS = {
  first: ['', '', '0'],
  find: `
    SELECT ARRAY[r.process_name, r.process_key, r.version::text] AS key, p.subject_id AS person,
           jsonb_build_object('before', r.context_before, 'after', r.context_after) AS contexts
    FROM process_revisions AS r JOIN processes AS p ON p.name = r.process_name AND p.key = r.process_key
    WHERE p.subject_id IS NOT NULL AND (r.process_name, r.process_key, r.version) > ($1, $2, $3::int)
      AND (${IN_CLEAR('r.context_before')} OR ${IN_CLEAR('r.context_after')})
    ORDER BY r.process_name, r.process_key, r.version LIMIT ${BATCH}`,
  write: `
    UPDATE process_revisions
    SET context_before = nullif($4::jsonb -> 'before', 'null'), context_after = $4::jsonb -> 'after'
    WHERE process_name = $1 AND process_key = $2 AND version = $3::int AND context_after = $5::jsonb -> 'after'`,
}

/** What processes about people remember, and remembered. */
export async function sealContexts({ storage: { pool }, people }: ResealingParts, rest: Rest): Promise<void> {
  for (const { first, find, write } of [INSTANCES, REVISIONS]) {
    for (let after = first; ; ) {
      const { rows } = await pool.query<Place>(find, after)
      const seal = await people.sealFor(rows.map((each) => each.person))
      let changed = 0
      for (const { key, person, contexts } of rows) {
        const sealed = Object.entries(contexts).map(([name, context]) => {
          return [name, isInClear(context) ? seal(person, context) : context] as const
        })
        const values = [...key, JSON.stringify(Object.fromEntries(sealed)), JSON.stringify(contexts)]
        // A step that came in between has written it sealed.
        changed += (await pool.query(write, values)).rowCount ?? 0
      }
      await rest(changed)
      if (rows.length < BATCH) break
      after = rows.at(-1)!.key
    }
  }
}

function isInClear(context: unknown): boolean {
  return typeof context === 'object' && context !== null && !('sealed' in context) && Object.keys(context).length > 0
}
