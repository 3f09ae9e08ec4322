import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

const KNOWN = ['b1', 'b3']

describe('the arguments', () => {
  it('are five rounds of everything without peers, when there are none', () => {
    expect(readArguments([], KNOWN)).toEqual({ workloads: [], json: null, peers: false, rounds: 5, quick: false })
  })

  it('name workloads in any case, and where to write', () => {
    const read = readArguments(['--quick', 'B1', 'b3', '--json', 'rows.json', '--rounds', '7', '--peers'], KNOWN)
    expect(read).toEqual({ workloads: ['b1', 'b3'], json: 'rows.json', peers: true, rounds: 7, quick: true })
  })

  it('are refused with what would fit', () => {
    expect(() => readArguments(['b9'], KNOWN)).toThrow('There is no workload b9. There are: b1, b3.')
    expect(() => readArguments(['--rounds', '0'], KNOWN)).toThrow('--rounds 0: give a number from 1 on.')
    expect(() => readArguments(['--fast'], KNOWN)).toThrow("Unknown option '--fast'")
  })
})
