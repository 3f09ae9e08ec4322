import { describe, expect, it } from 'vitest'
import { noCounts } from '../../bus/index.ts'
import { plannedStages, progressOf } from './operation.ts'

describe('the stages of an operation', () => {
  it('are as many as there is something for', () => {
    expect(plannedStages([1, 10], 412)).toEqual([1, 10, 401])
    expect(plannedStages([1, 10], 11)).toEqual([1, 10])
    expect(plannedStages([1, 10], 5)).toEqual([1, 4])
    expect(plannedStages([1, 10], 1)).toEqual([1])
    expect(plannedStages([], 7)).toEqual([7])
  })

  it('say how far each is', () => {
    const staged = { kind: 'retry', total: 20, stages: [1, 10], stage: 1 } as const
    const states = (state: 'running' | 'paused' | 'completed' | 'stopped' | 'aborted') =>
      progressOf({ ...staged, state }, noCounts).map((each) => each.state)
    expect(states('running')).toEqual(['passed', 'running', 'waiting'])
    expect(states('paused')).toEqual(['passed', 'running', 'waiting'])
    expect(states('stopped')).toEqual(['passed', 'stopped', 'waiting'])
    expect(states('aborted')).toEqual(['passed', 'stopped', 'waiting'])
    expect(states('completed')).toEqual(['passed', 'passed'])
    expect(progressOf({ ...staged, kind: 'discard', state: 'running' }, noCounts)).toEqual([])
    expect(progressOf({ ...staged, stages: [], state: 'running' }, noCounts)).toEqual([])
  })
})
