import type { Pool } from 'pg'
import type { PersonKeys } from '../../bus/index.ts'
import { type AlertLevel, alertState, isCleared } from '../model/alerts.ts'
import { ALERT_MINUTES, type SavedView, type ViewAlert, type ViewAlerts, type ViewIcon } from '../model/saved-view.ts'
import { type ClearanceParts, toClearance } from './clearances.ts'

/** Shared ones that are offered at most. */
const MOST = 200

const VIEWS = `
  SELECT v.id, v.name, v.filter, v.icon, v.shortcut, v.alert_from, v.is_shared, v.owner_id = $1 AS is_own, u.name AS owner
  FROM saved_views AS v JOIN users AS u ON u.id = v.owner_id
  WHERE v.owner_id = $1 OR v.is_shared
  ORDER BY v.owner_id = $1 DESC, lower(v.name), v.id LIMIT ${MOST}`

interface ViewRecord {
  id: string
  name: string
  filter: string
  icon: ViewIcon
  shortcut: number | null
  alert_from: number | null
  is_shared: boolean
  is_own: boolean
  owner: string
}

/** One's own views, then those that others share. */
export async function findSavedViews(
  { pool, people }: { pool: Pool; people: Pick<PersonKeys, 'openText'> },
  userId: string,
): Promise<SavedView[]> {
  const { rows } = await pool.query<ViewRecord>(VIEWS, [userId])
  const toView = async (row: ViewRecord): Promise<SavedView> => ({
    viewId: row.id,
    name: row.name,
    filter: row.filter,
    icon: row.icon,
    // Of somebody else's it is taken by nobody: each has digits of their own.
    shortcut: row.is_own ? row.shortcut : null,
    alertFrom: row.alert_from,
    isShared: row.is_shared,
    isOwn: row.is_own,
    owner: (await people.openText(row.owner)) ?? '',
  })
  return Promise.all(rows.map(toView))
}

/** So many alerts are shown; the others are counted. */
const MOST_SHOWN = 20

const ALERTS = {
  name: 'find-view-alerts',
  text: `
    SELECT v.id, v.name, v.filter, v.icon, v.alert_from, v.alert_count, v.alert_since, v.alert_cleared_at,
           v.alert_unknown_since, v.alert_level, v.alert_peak, count(*) OVER ()::int AS total,
           c.level, c.cleared_at, u.name AS actor
    FROM saved_views AS v LEFT JOIN alert_clearances AS c ON c.alert = v.id::text LEFT JOIN users AS u ON u.id = c.actor_id
    WHERE (v.owner_id = $1 OR v.is_shared) AND alert_from IS NOT NULL
      AND (alert_since IS NOT NULL OR alert_unknown_since IS NOT NULL
           OR alert_cleared_at > now() - interval '${ALERT_MINUTES} minutes')
    ORDER BY alert_level DESC, alert_since NULLS LAST, lower(v.name), v.id LIMIT ${MOST_SHOWN}`,
}

interface AlertRecord {
  id: string
  name: string
  filter: string
  icon: ViewIcon
  alert_from: number
  alert_count: number | null
  alert_since: Date | null
  alert_cleared_at: Date | null
  alert_unknown_since: Date | null
  alert_level: AlertLevel
  alert_peak: AlertLevel
  total: number
  level: AlertLevel | null
  cleared_at: Date | null
  actor: string | null
}

/** Views that a person may see and of which too much was sent, or of which nobody can say. */
export async function findViewAlerts({ pool, people }: ClearanceParts, userId: string): Promise<ViewAlerts> {
  const { rows } = await pool.query<AlertRecord>({ ...ALERTS, values: [userId] })
  return {
    alerts: await Promise.all(rows.map((row) => toAlert(row, people))),
    more: (rows[0]?.total ?? 0) - rows.length,
  }
}

async function toAlert(row: AlertRecord, people: ClearanceParts['people']): Promise<ViewAlert> {
  const { level, cleared_at, actor, alert_since } = row
  const said = level === null || cleared_at === null ? null : await toClearance(people, { level, cleared_at, actor })
  const clearance = alert_since && isCleared(row.alert_level, alert_since.getTime(), said) ? said : null
  return {
    viewId: row.id,
    name: row.name,
    filter: row.filter,
    icon: row.icon,
    alertFrom: row.alert_from,
    count: row.alert_count ?? 0,
    level: row.alert_level,
    state: clearance ? 'cleared' : alertState(row.alert_level, row.alert_peak),
    clearance,
    since: row.alert_since?.toISOString() ?? null,
    clearedAt: row.alert_cleared_at?.toISOString() ?? null,
    unknownSince: row.alert_unknown_since?.toISOString() ?? null,
  }
}
