import { describe, expect, it } from 'vitest'
import { compare, toResult } from './result.ts'
import { toMarkdownTable, toShort, toText } from './table.ts'

const drain = { workload: 'B3 drain', unit: 'deliveries/s', note: '50000 waiting' }

describe('a result', () => {
  it('meets a rate at or above its target, and misses it below', () => {
    const at = (value: number) => toResult({ ...drain, value, baseline: 100, target: { atLeast: 0.6 } })
    expect(at(60)).toMatchObject({ ratio: 0.6, target: '≥ 0.6', met: true })
    expect(at(59)).toMatchObject({ ratio: 0.59, met: false })
  })

  it('meets a time at or below its target', () => {
    const at = (value: number) => toResult({ ...drain, value, baseline: 10, target: { atMost: 1.2 } })
    expect(at(12)).toMatchObject({ ratio: 1.2, target: '≤ 1.2', met: true })
    expect(at(13).met).toBe(false)
  })

  it('is neither where nothing is asked', () => {
    expect(toResult({ ...drain, value: 1, baseline: 2, target: null })).toMatchObject({ target: '', met: null })
  })

  it('is left out where a side lacks the figure', () => {
    const comparison = { ...drain, figure: 'postgresMicros', target: null }
    expect(compare([{ rate: 1 }], [{ rate: 2 }], comparison)).toEqual([])
    expect(compare([{ rate: 1 }, { rate: 3 }], [{ rate: 4 }], { ...comparison, figure: 'rate' })).toMatchObject([
      { value: 2, baseline: 4, ratio: 0.5 },
    ])
  })
})

describe('the table', () => {
  const results = [
    toResult({ ...drain, value: 30_123.4, baseline: 48_800, target: { atLeast: 0.6 } }),
    toResult({ workload: 'B5 p50', value: 2.9, unit: 'ms', baseline: 2.5, target: { atMost: 1.2 }, note: '' }),
  ]

  it('lines up its columns for a terminal', () => {
    expect(toText(results).split('\n')).toEqual([
      'workload  Waybill  beside  unit          ratio  target  met  note',
      'B3 drain  30,123   48,800  deliveries/s  0.62   ≥ 0.6   yes  50000 waiting',
      'B5 p50    2.90     2.50    ms            1.16   ≤ 1.2   yes',
    ])
  })

  it('is a table in Markdown, too', () => {
    expect(toMarkdownTable(['workload', 'value'], [['B5 p50', '2.90']])).toBe(
      '| workload | value |\n| --- | --- |\n| B5 p50 | 2.90 |',
    )
  })

  it('shows three digits, and all those before the point', () => {
    expect([0, 0.01234, 0.5, 9.876, 98.76, 987.6, 98_765.4].map(toShort)).toEqual([
      '0',
      '0.0123',
      '0.500',
      '9.88',
      '98.8',
      '988',
      '98,765',
    ])
  })
})
