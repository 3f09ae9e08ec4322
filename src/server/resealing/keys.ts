import { BATCH, type ResealingParts, type Rest } from './parts.ts'

/** Keys of people that the previous secret wraps. */
export async function resealKeys({ storage: { pool }, sealer }: ResealingParts, rest: Rest): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await pool.query<{ person_id: string; wrapped_key: string }>(
      `SELECT person_id, wrapped_key FROM person_keys WHERE person_id > $1 AND wrapped_key IS NOT NULL
       ORDER BY person_id LIMIT ${BATCH}`,
      [after],
    )
    let changed = 0
    for (const { person_id, wrapped_key } of rows) {
      const resealed = sealer.reseal(wrapped_key)
      if (resealed === null) continue
      // Who was erased meanwhile has no key any more, and gets none.
      const update = 'UPDATE person_keys SET wrapped_key = $3 WHERE person_id = $1 AND wrapped_key = $2'
      changed += (await pool.query(update, [person_id, wrapped_key, resealed])).rowCount ?? 0
    }
    await rest(changed)
    if (rows.length < BATCH) return
    after = rows.at(-1)!.person_id
  }
}
