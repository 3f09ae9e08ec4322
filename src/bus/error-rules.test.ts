import { describe, expect, it } from 'vitest'
import { judge } from './error-rules.ts'
import { BusError, RetryAfter, Unrecoverable } from './errors.ts'

class Gone extends Error {}

describe('the rules about errors', () => {
  it('take the first that fits, by class or by test', () => {
    const rules = [
      { when: Gone, do: 'discard' as const },
      { when: (error: Error) => error.message === 'full', do: { retryAfterMs: 500 } },
      { when: Error, do: { retryAfter: ({ message }: Error) => message.length } },
    ]
    expect(judge(rules, new Gone('x'))).toEqual({ verdict: 'discard' })
    expect(judge(rules, new Error('full'))).toEqual({ verdict: 'retry', delayMs: 500 })
    expect(judge(rules, new TypeError('four'))).toEqual({ verdict: 'retry', delayMs: 4 })
  })

  it('hear what an error says of itself when nothing else was said', () => {
    expect(judge([], new RetryAfter('slow down', 1_500))).toEqual({ verdict: 'retry', delayMs: 1_500 })
    expect(judge([], new Unrecoverable('no'))).toEqual({ verdict: 'dead' })
    expect(judge([], new BusError('invalid-body', 'no'))).toEqual({ verdict: 'dead' })
    expect(judge([], new Error('hm'))).toEqual({ verdict: 'policy' })
    expect(judge([{ when: Unrecoverable, do: { retryAfterMs: 1 } }], new Unrecoverable('no'))).toEqual({
      verdict: 'retry',
      delayMs: 1,
    })
  })

  it('fall back on the policy when a rule itself fails or makes no sense', () => {
    const broken = () => {
      throw new Error('broken')
    }
    expect(judge([{ when: broken, do: 'dead' }], new Error('x'))).toEqual({ verdict: 'policy' })
    expect(judge([{ when: Error, do: { retryAfter: broken } }], new Error('x'))).toEqual({ verdict: 'policy' })
    expect(judge([{ when: Error, do: { retryAfterMs: Number.NaN } }], new Error('x'))).toEqual({ verdict: 'policy' })
    expect(judge([{ when: Error, do: { retryAfterMs: -5 } }], new Error('x'))).toEqual({ verdict: 'retry', delayMs: 0 })
  })
})
