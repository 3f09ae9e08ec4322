import { handle, newId, type Subscription } from '../../bus/index.ts'
import { MOST_VIEWS, RemoveView, SaveView } from '../view-messages.ts'

const SAVE = `
  INSERT INTO saved_views (id, owner_id, name, filter, is_shared)
  SELECT $1, $2, $3, $4, $5
  WHERE (SELECT count(*) FROM saved_views WHERE owner_id = $2 AND name <> $3) < ${MOST_VIEWS}
  ON CONFLICT (owner_id, name) DO UPDATE
    SET filter = excluded.filter, is_shared = excluded.is_shared, saved_at = excluded.saved_at
  RETURNING id`

/** What is kept of filters. Everybody changes their own alone. */
export function viewHandlers(): Subscription[] {
  return [
    handle(SaveView, {}, async function saveView({ actorId, name, filter, isShared }, { tx }) {
      const saved = await tx.query(SAVE, [newId(), actorId, name, filter, isShared])
      return { outcome: saved.length > 0 ? ('done' as const) : ('too-many' as const) }
    }),
    handle(RemoveView, {}, async function removeView({ viewId, actorId }, { tx }) {
      const removed = await tx.query('DELETE FROM saved_views WHERE id = $1 AND owner_id = $2 RETURNING id', [
        viewId,
        actorId,
      ])
      return { outcome: removed.length > 0 ? ('done' as const) : ('unknown' as const) }
    }),
  ]
}
