import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type ApiStage, openApi } from '../../server/testing/api-stage.ts'
import type { Overview } from '../model/overview.ts'
import { MOST_ALERTS, MOST_VIEWS, type ViewAlert } from '../model/saved-view.ts'

let stage: ApiStage

beforeAll(async () => {
  stage = await openApi()
})
afterAll(() => stage[Symbol.asyncDispose]())

it('a person keeps so many views, and so many of them as alerts, and no more by saving two at once', async () => {
  expect(await save('first', 1)).toBe('done')
  await addViews(MOST_ALERTS - 2, 1)
  expect((await Promise.all([save('one', 1), save('another', 1)])).toSorted()).toEqual(['done', 'too-many-alerts'])
  expect(await save('quiet', null)).toBe('done')
  await addViews(MOST_VIEWS - MOST_ALERTS - 2, null)
  expect((await Promise.all([save('two', null), save('three', null)])).toSorted()).toEqual(['done', 'too-many'])
  // One that is there already may be changed.
  expect(await save('first', 5)).toBe('done')
  expect(await save('quiet', 5)).toBe('too-many-alerts')
})

it('an alert that somebody clears is cleared for all who see it, with who and when; a private one is not theirs', async () => {
  const { pool } = stage.app.storage
  const add = async (owner: string, name: string, isShared: boolean) => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO saved_views (id, owner_id, name, filter, is_shared, alert_from, alert_count, alert_level, alert_peak, alert_since)
       VALUES (gen_random_uuid(), $1, $2, 'state:dead', $3, 1, 1, 1, 1, now() - interval '1 minute') RETURNING id`,
      [owner, name, isShared],
    )
    return rows[0]!.id
  }
  const [shared, hidden] = [
    await add(stage.userIds.viewer, 'shared', true),
    await add(stage.userIds.viewer, 'hidden', false),
  ]
  expect(await clear('viewer', shared)).toBe(403)
  expect(await clear('operator', shared)).toBe('done')
  expect(await clear('operator', hidden)).toBe('unknown')
  const seen = async () => {
    const { alerts } = await answerOf<{ alerts: ViewAlert[] }>('inspector.viewAlerts', 'viewer')
    return alerts.find((each) => each.viewId === shared)
  }
  expect(await seen()).toMatchObject({ state: 'cleared', clearance: { by: expect.any(String), level: 1 } })
  // More urgent than what was cleared.
  await pool.query('UPDATE saved_views SET alert_level = 2, alert_peak = 2 WHERE id = $1', [shared])
  expect(await seen()).toMatchObject({ state: 'elevated', clearance: null })

  expect(await clear('operator', 'dead')).toBe('done')
  const { clearances } = await answerOf<Overview>('inspector.overview', 'viewer', { range: '1h' })
  expect(clearances).toEqual({ dead: { level: 1, by: expect.any(String), at: expect.any(String) } })
  await vi.waitFor(async () => {
    const { rows } = await pool.query(`SELECT details FROM audit_entries WHERE action = 'inspector.alert-cleared'`)
    expect(rows).toHaveLength(2)
  }, 15_000)
})

async function clear(caller: 'viewer' | 'operator', alert: string): Promise<string | number> {
  const response = await stage.call('inspector.clearAlert', { caller, input: { alert, level: 1 } })
  if (!response.ok) return response.status
  const { result } = (await response.json()) as { result: { data: { json: { outcome: string } } } }
  return result.data.json.outcome
}

async function answerOf<Answer>(
  procedure: 'inspector.viewAlerts' | 'inspector.overview',
  caller: 'viewer',
  input?: object,
) {
  const response = await stage.call(procedure, { caller, ...(input && { input }) })
  const { result } = (await response.json()) as { result: { data: { json: Answer } } }
  return result.data.json
}

async function save(name: string, alertFrom: number | null): Promise<string> {
  const input = { name, filter: 'state:dead', icon: 'bookmark', shortcut: null, alertFrom, isShared: false }
  const response = await stage.call('inspector.saveView', { caller: 'viewer', input })
  const { result } = (await response.json()) as { result: { data: { json: { outcome: string } } } }
  return result.data.json.outcome
}

async function addViews(count: number, alertFrom: number | null): Promise<void> {
  await stage.app.storage.pool.query(
    `INSERT INTO saved_views (id, owner_id, name, filter, is_shared, alert_from)
     SELECT gen_random_uuid(), $1, gen_random_uuid()::text, 'state:dead', false, $3 FROM generate_series(1, $2::int)`,
    [stage.userIds.viewer, count, alertFrom],
  )
}
