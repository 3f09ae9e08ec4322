import { handle, type Subscription } from '../../bus/index.ts'
import { AlertCleared, ClearAlert } from '../alert-messages.ts'
import { WATCHED } from '../model/alerts.ts'

const VIEW = 'SELECT FROM saved_views WHERE id = $1::uuid AND alert_from IS NOT NULL AND (is_shared OR owner_id = $2)'

const SAVE = `
  INSERT INTO alert_clearances (alert, level, actor_id, cleared_at)
  VALUES ($1, $2, $3, date_trunc('milliseconds', clock_timestamp()))
  ON CONFLICT (alert) DO UPDATE
  SET level = excluded.level, actor_id = excluded.actor_id, cleared_at = excluded.cleared_at`

/** Keeps who said that an alert is seen to. */
export function clearAlertHandler(): Subscription {
  return handle(ClearAlert, {}, async function clearAlert(clearing, { tx, publish }) {
    const { alert, level, actorId } = clearing
    const isNumber = WATCHED.some((each) => each === alert)
    if (!isNumber && (await tx.query(VIEW, [alert, actorId])).length === 0) return { outcome: 'unknown' as const }
    await tx.query(SAVE, [alert, level, actorId])
    publish(AlertCleared, clearing)
    return { outcome: 'done' as const }
  })
}
