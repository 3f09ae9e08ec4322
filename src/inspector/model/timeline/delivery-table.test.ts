import { expect, test } from 'vitest'
import { delivery, message, timeline } from '../testing/timelines.ts'
import { cellsAt, sortRows, tableRows } from './delivery-table.ts'

const ALL = { hidden: new Set<string>(), errorsOnly: false, window: null }
const slow = delivery('slow', { state: 'succeeded', attempt: 1, startedAt: 20, settledAt: 90 })
const dead = delivery('dead', { state: 'dead', attempt: 1, startedAt: 10, settledAt: 15, lastError: 'no' })
const skipped = delivery('skipped', { state: 'skipped', settledAt: 0 })
const whole = timeline(message('a', [slow, dead, skipped]), message('b', [], { at: 50 }))

const idsOf = (rows: readonly { id: string }[]) => rows.map((each) => each.id)

test('every delivery is a row, and so is a message that nobody handles', () => {
  expect(idsOf(tableRows(whole, ALL))).toEqual(['slow', 'dead', 'skipped', 'b'])
})

test('a filter, a hidden handler and a window of time leave out what they leave out of the tree', () => {
  expect(idsOf(tableRows(whole, { ...ALL, errorsOnly: true }))).toEqual(['dead'])
  expect(idsOf(tableRows(whole, { ...ALL, hidden: new Set(['test.slow']) }))).toEqual(['dead', 'skipped', 'b'])
  expect(idsOf(tableRows(whole, { ...ALL, window: [40, 60] }))).toEqual(['b'])
})

test('waiting and handling are counted up to the playhead', () => {
  const row = { id: 'slow', message: whole.messages[0]!, delivery: slow }
  expect(cellsAt(row, 100, null)).toEqual({ state: 'succeeded', waitedMs: 20, tookMs: 70 })
  expect(cellsAt(row, 100, 50)).toEqual({ state: 'running', waitedMs: 20, tookMs: 30 })
  expect(cellsAt(row, 100, 5)).toEqual({ state: 'pending', waitedMs: 5, tookMs: 0 })
  expect(cellsAt({ ...row, message: { ...row.message, at: 10 } }, 100, 5).state).toBeNull()
})

test('rows are sorted by any column, and what says nothing is last both ways', () => {
  const rows = tableRows(whole, ALL)
  expect(idsOf(sortRows(rows, { column: 'took', isDescending: true }, 100))).toEqual(['slow', 'dead', 'skipped', 'b'])
  expect(idsOf(sortRows(rows, { column: 'took', isDescending: false }, 100))).toEqual(['dead', 'slow', 'skipped', 'b'])
  expect(idsOf(sortRows(rows, { column: 'state', isDescending: false }, 100))).toEqual(['dead', 'slow', 'skipped', 'b'])
  expect(idsOf(sortRows(rows, null, 100))).toEqual(idsOf(rows))
})
