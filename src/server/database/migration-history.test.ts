import { expect, test } from 'vitest'
import { type AppliedMigration, compareHistory } from './migration-history.ts'

const files = ['1_first', '2_second'].map((name) => ({ name, sql: '', checksum: `sum of ${name}` }))

function applied(name: string, change: Partial<AppliedMigration> = {}): AppliedMigration {
  const at = new Date(0)
  return { migration_name: name, checksum: `sum of ${name}`, finished_at: at, rolled_back_at: null, ...change }
}

test('an empty history lacks everything', () => {
  expect(compareHistory(files, [])).toEqual({ outcome: 'behind', missing: ['1_first', '2_second'] })
})

test('only what is missing is missing', () => {
  expect(compareHistory(files, [applied('1_first')])).toEqual({ outcome: 'behind', missing: ['2_second'] })
})

test('all applied', () => {
  expect(
    compareHistory(
      files,
      files.map((file) => applied(file.name)),
    ),
  ).toEqual({ outcome: 'current' })
})

test('a migration this build does not have', () => {
  expect(compareHistory(files, [applied('3_third')])).toEqual({ outcome: 'newer', name: '3_third' })
})

test('a migration edited after it was applied', () => {
  const history = [applied('1_first', { checksum: 'other' })]
  expect(compareHistory(files, history)).toEqual({ outcome: 'changed', name: '1_first' })
})

test('a migration that never finished', () => {
  expect(compareHistory(files, [applied('1_first', { finished_at: null })])).toMatchObject({ outcome: 'unfinished' })
})

test('what was rolled back does not count', () => {
  const rolledBack = applied('1_first', { finished_at: null, rolled_back_at: new Date(0) })
  expect(compareHistory(files, [rolledBack])).toMatchObject({ outcome: 'behind' })
  expect(compareHistory(files, [rolledBack, applied('1_first'), applied('2_second')])).toEqual({ outcome: 'current' })
})
