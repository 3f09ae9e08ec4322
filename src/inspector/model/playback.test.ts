import { describe, expect, it } from 'vitest'
import { commandAt, laneAt, momentsOf } from './playback.ts'

const played = (stateAt: (moment: number) => string) =>
  Array.from({ length: momentsOf(2) + 1 }, (_, moment) => stateAt(moment))

describe('a fan-out that is played', () => {
  it('begins with its command', () => {
    expect(played((moment) => commandAt(moment, 'succeeded'))).toEqual([
      'pending',
      'running',
      'succeeded',
      'succeeded',
      'succeeded',
      'succeeded',
    ])
  })

  it('starts its lanes together and ends them one by one, each as it really ended', () => {
    expect(played((moment) => laneAt(moment, 0, 'succeeded')).slice(2)).toEqual([
      'pending',
      'running',
      'succeeded',
      'succeeded',
    ])
    expect(played((moment) => laneAt(moment, 1, 'dead')).slice(2)).toEqual(['pending', 'running', 'running', 'dead'])
  })

  it('never runs what was skipped', () => {
    expect(played((moment) => laneAt(moment, 1, 'skipped'))).not.toContain('running')
  })
})
