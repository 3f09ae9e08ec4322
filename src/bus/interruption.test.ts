import { expect, it } from 'vitest'
import { Interruption } from './interruption.ts'

it('tells whoever asked for its signal, before or after, with the first reason', () => {
  const [first, second] = [new Error('first'), new Error('second')]
  const interruption = new Interruption()
  const { signal } = interruption
  interruption.throwIfAborted()
  expect([signal.aborted, interruption.isAborted]).toEqual([false, false])
  interruption.abort(first)
  interruption.abort(second)
  expect([signal.aborted, signal.reason, interruption.isAborted]).toEqual([true, first, true])
  expect(() => interruption.throwIfAborted()).toThrow(first)
})

it('has a signal that is told already where nobody had asked for it', () => {
  const reason = new Error('The node stops.')
  const interruption = new Interruption()
  interruption.abort(reason)
  const { signal } = interruption
  expect([signal.aborted, signal.reason]).toEqual([true, reason])
})
