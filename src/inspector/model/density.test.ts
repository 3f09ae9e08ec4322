import { describe, expect, it } from 'vitest'
import { bucketsUpTo, stretchOf, withStretch } from './density.ts'
import { parseFilter } from './filter/parse.ts'

const NOON = Date.parse('2026-01-01T12:00:30Z')

describe('the density strip', () => {
  it('has two hours of minutes, with the one that is not over', () => {
    expect(bucketsUpTo(NOON)).toEqual({ fromMs: Date.parse('2026-01-01T10:01:00Z'), stepMs: 60_000, count: 120 })
  })

  it('takes whole minutes from a drag in either direction, and from one point', () => {
    const { fromMs, stepMs, count } = bucketsUpTo(NOON)
    const density = { fromMs, stepMs, sent: Array<number>(count).fill(0), failed: [] }
    const wanted = { fromMs: fromMs + 30 * stepMs, toMs: fromMs + 61 * stepMs }
    expect(stretchOf(density, 0.25, 0.5)).toEqual(wanted)
    expect(stretchOf(density, 0.5, 0.25)).toEqual(wanted)
    expect(stretchOf(density, 1, 1)).toEqual({ fromMs: fromMs + 119 * stepMs, toMs: fromMs + 120 * stepMs })
  })

  it('replaces the time that a filter asked for, and leaves the rest', () => {
    const stretch = { fromMs: Date.parse('2026-01-01T11:00Z'), toMs: Date.parse('2026-01-01T11:05Z') }
    const filter = withStretch('type:a.b at:>=2025-01-01T00:00Z state:dead', stretch)
    expect(filter).toBe('type:a.b state:dead at:>=2026-01-01T11:00Z at:<2026-01-01T11:05Z')
    expect(parseFilter(filter).ok).toBe(true)
  })
})
