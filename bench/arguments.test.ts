import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

const KNOWN = ['b1', 'b3']

describe('the arguments', () => {
  it('are five rounds of everything without peers, when there are none', () => {
    const plain = { workloads: [], json: null, peers: false, rounds: 5, quick: false, write: false }
    expect(readArguments([], KNOWN)).toEqual(plain)
  })

  it('name workloads in any case, and where to write', () => {
    const read = readArguments(['--write', 'B1', 'b3', '--json', 'rows.json', '--rounds', '7', '--peers'], KNOWN)
    const expected = { workloads: ['b1', 'b3'], json: 'rows.json', peers: true, rounds: 7, quick: false, write: true }
    expect(read).toEqual(expected)
  })

  it('are refused with what would fit', () => {
    expect(() => readArguments(['b9'], KNOWN)).toThrow('There is no workload b9. There are: b1, b3.')
    expect(() => readArguments(['--rounds', '0'], KNOWN)).toThrow('--rounds 0: give a number from 1 on.')
    expect(() => readArguments(['--quick', '--write'], KNOWN)).toThrow('nothing worth writing down')
    expect(() => readArguments(['--fast'], KNOWN)).toThrow("Unknown option '--fast'")
  })
})
