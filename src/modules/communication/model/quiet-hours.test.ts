import { describe, expect, it } from 'vitest'
import { isQuiet, isTimeZone, quietUntil } from './quiet-hours.ts'

const night = { from: '22:00', until: '07:00' }
const noon = { from: '12:00', until: '13:30' }

describe('quiet hours', () => {
  it.each([
    ['2026-03-01T20:59:59Z', night, false],
    ['2026-03-01T21:00:00Z', night, true],
    ['2026-03-02T05:59:59Z', night, true],
    ['2026-03-02T06:00:00Z', night, false],
    ['2026-03-02T11:00:00Z', noon, true],
    ['2026-03-02T12:30:00Z', noon, false],
  ])('at %s in Berlin', (now, hours, expected) => {
    expect(isQuiet(hours, 'Europe/Berlin', new Date(now))).toBe(expected)
  })

  it('from a time until the same time are the whole day', () => {
    const always = { from: '08:00', until: '08:00' }
    expect(isQuiet(always, 'UTC', new Date('2026-03-01T07:59:00Z'))).toBe(false)
  })

  it.each([
    ['the same evening', '2026-03-01T21:30:00Z', 'Europe/Berlin', night, '2026-03-02T06:00:00.000Z'],
    ['the same morning', '2026-03-02T03:00:00Z', 'Europe/Berlin', night, '2026-03-02T06:00:00.000Z'],
    ['in a night that is an hour shorter', '2026-03-28T22:00:00Z', 'Europe/Berlin', night, '2026-03-29T05:00:00.000Z'],
    ['in a night that is an hour longer', '2026-10-24T21:00:00Z', 'Europe/Berlin', night, '2026-10-25T06:00:00.000Z'],
    ['on the other side of the world', '2026-03-01T12:00:00Z', 'Pacific/Auckland', night, '2026-03-01T18:00:00.000Z'],
    [
      'at a time that the day skips',
      '2026-03-29T00:00:00Z',
      'Europe/Berlin',
      { from: '00:00', until: '02:30' },
      '2026-03-29T01:00:00.000Z',
    ],
  ])('end %s', (_, now, zone, hours, expected) => {
    expect(quietUntil(hours, zone, new Date(now)).toISOString()).toBe(expected)
  })

  it.each([
    ['Europe/Zurich', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['', false],
  ])('%s is a time zone: %s', (zone, expected) => {
    expect(isTimeZone(zone)).toBe(expected)
  })
})
