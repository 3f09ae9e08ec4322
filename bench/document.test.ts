import { describe, expect, it } from 'vitest'
import { updateDocument } from './document.ts'
import { toResult } from './result.ts'

const settings = {
  server_version: '18.4',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
}
const EMPTY = '# Performance\n\n<!-- measured: begin -->\n<!-- measured: end -->\n\nThe end.\n'

function runOf(workload: string, value: number, day: string) {
  const result = toResult({ workload, value, unit: '/s', baseline: 100, target: { atLeast: 0.6 }, note: '' })
  return { results: [result], rounds: 5, date: new Date(day), settings }
}

describe('the measured part of the document', () => {
  it('says on what it was measured, and leaves the rest alone', () => {
    const text = updateDocument(EMPTY, runOf('B3 drain', 70, '2026-11-25'))
    expect(text.startsWith('# Performance\n\n<!-- measured: begin -->\n')).toBe(true)
    expect(text.endsWith('<!-- measured: end -->\n\nThe end.\n')).toBe(true)
    expect(text).toContain('PostgreSQL 18.4')
    expect(text).toContain('fsync on, synchronous_commit on')
    expect(text).toContain(`Node ${process.versions.node}`)
    expect(text).toContain('| B3 drain | 70.0 | 100 | /s | 0.70 | ≥ 0.6 | yes |  | 2026-11-25, 5 rounds |')
  })

  it('takes the lines of the workloads that ran, keeps the others, and sorts', () => {
    const first = updateDocument(
      updateDocument(EMPTY, runOf('B6r steady', 1, '2026-11-24')),
      runOf('B3 old', 2, '2026-11-24'),
    )
    const second = updateDocument(first, runOf('B3 drain', 50, '2026-11-25'))
    const third = updateDocument(second, runOf('Drain beside a purge', 95, '2026-11-25'))
    const lines = updateDocument(third, runOf('B3 drain', 60, '2026-11-26')).split('\n')
    const measured = lines.filter((line) => /^\| [BD]/.test(line))
    expect(measured.map((line) => line.split(' | ')[0])).toEqual([
      '| B3 drain',
      '| B6r steady',
      '| Drain beside a purge',
    ])
    expect(measured[0]).toContain('2026-11-26')
    expect(measured[1]).toContain('2026-11-24')
  })

  it('writes the same again for the same run', () => {
    const once = updateDocument(EMPTY, runOf('B3 drain', 70, '2026-11-25'))
    expect(updateDocument(once, runOf('B3 drain', 70, '2026-11-25'))).toBe(once)
  })

  it('refuses a document without its marks', () => {
    expect(() => updateDocument('# Performance\n', runOf('B3 drain', 70, '2026-11-25'))).toThrow('lacks its marks')
  })
})
