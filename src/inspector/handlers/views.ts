import { handle, newId, type Subscription } from '../../bus/index.ts'
import { MOST_ALERTS, MOST_VIEWS } from '../model/saved-view.ts'
import { RemoveView, SaveView } from '../view-messages.ts'

/** Of the person: whoever saves two at once is not given more than there may be. */
const LOCK = 'SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE'

const COUNT_OTHERS = `
  SELECT count(*)::int AS views, count(alert_from)::int AS alerts FROM saved_views WHERE owner_id = $1 AND name <> $2`

const SAVE = `
  INSERT INTO saved_views (id, owner_id, name, filter, is_shared, icon, shortcut, alert_from)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (owner_id, name) DO UPDATE
    SET filter = excluded.filter, is_shared = excluded.is_shared, saved_at = excluded.saved_at, icon = excluded.icon,
        shortcut = excluded.shortcut, alert_from = excluded.alert_from, alert_count = NULL, alert_since = NULL,
        alert_cleared_at = NULL, alert_unknown_since = NULL, alert_level = 0, alert_peak = 0`

/** A digit opens one view of a person. */
const FREE_SHORTCUT = `
  UPDATE saved_views SET shortcut = NULL WHERE owner_id = $1 AND shortcut = $2 AND name <> $3`

/** What is kept of filters. Everybody changes their own alone. */
export function viewHandlers(): Subscription[] {
  return [
    handle(SaveView, {}, async function saveView({ actorId, ...view }, { tx }) {
      const { name, filter, isShared, icon, shortcut, alertFrom } = view
      await tx.query(LOCK, [actorId])
      const [others] = await tx.query<{ views: number; alerts: number }>(COUNT_OTHERS, [actorId, name])
      if (others!.views >= MOST_VIEWS) return { outcome: 'too-many' as const }
      if (alertFrom !== null && others!.alerts >= MOST_ALERTS) return { outcome: 'too-many-alerts' as const }
      await tx.query(SAVE, [newId(), actorId, name, filter, isShared, icon, shortcut, alertFrom])
      if (shortcut !== null) await tx.query(FREE_SHORTCUT, [actorId, shortcut, name])
      return { outcome: 'done' as const }
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
