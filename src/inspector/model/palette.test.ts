import { describe, expect, it } from 'vitest'
import { byGroup, type Command, fitting } from './palette.ts'

const command = (group: Command['group'], title: string, words?: string): Command => ({
  group,
  title,
  run: () => {},
  ...(words && { words }),
})
const ALL = [
  command('Pages', 'Overview'),
  command('Pages', 'Dead letters', 'failures errors'),
  command('Views', 'Dead deliveries'),
  command('Settings', 'Times in UTC', 'zone clock'),
  command('Settings', 'Dark theme'),
]

describe('the palette', () => {
  const titles = (typed: string) => fitting(ALL, typed).map((each) => each.title)

  it('offers everything until something is typed', () => {
    expect(titles('')).toEqual(ALL.map((each) => each.title))
  })

  it('finds by the beginnings of words, in any order, also of words that are not shown', () => {
    expect(titles('le de')).toEqual(['Dead letters'])
    expect(titles('fail')).toEqual(['Dead letters'])
    expect(titles('ZONE')).toEqual(['Times in UTC'])
    expect(titles('etters')).toEqual([])
  })

  it('keeps groups together', () => {
    expect(byGroup(fitting(ALL, 'd')).map(([group, { length }]) => [group, length])).toEqual([
      ['Pages', 1],
      ['Views', 1],
      ['Settings', 1],
    ])
  })
})
