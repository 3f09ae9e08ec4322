import type { Pool } from 'pg'
import type { PersonKeys } from '../../bus/index.ts'
import type { SavedView } from '../model/saved-view.ts'

/** Shared ones that are offered at most. */
const MOST = 200

const VIEWS = `
  SELECT v.id, v.name, v.filter, v.is_shared, v.owner_id = $1 AS is_own, u.name AS owner
  FROM saved_views AS v JOIN users AS u ON u.id = v.owner_id
  WHERE v.owner_id = $1 OR v.is_shared
  ORDER BY v.owner_id = $1 DESC, lower(v.name), v.id LIMIT ${MOST}`

interface ViewRecord {
  id: string
  name: string
  filter: string
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
    isShared: row.is_shared,
    isOwn: row.is_own,
    owner: (await people.openText(row.owner)) ?? '',
  })
  return Promise.all(rows.map(toView))
}
