import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiStage, openApi } from '../../server/testing/api-stage.ts'
import { MOST_ALERTS, MOST_VIEWS } from '../model/saved-view.ts'

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
