import { describe, expect, it } from 'vitest'
import { changeLimits, LIMITS, LimitReached, tooManyTries, waitInWords } from './limits.ts'

describe('the limits', () => {
  it('are the table where nothing is set, and what is set changes those it names', () => {
    expect(changeLimits('')).toEqual(LIMITS)
    expect(changeLimits('sign-up.address=1000/1h, reset.account=5/30m,')).toEqual({
      ...LIMITS,
      'sign-up.address': { times: 1000, seconds: 3600 },
      'reset.account': { times: 5, seconds: 1800 },
    })
    expect(changeLimits('resend.account=2/d')).toMatchObject({ 'resend.account': { times: 2, seconds: 86_400 } })
  })

  it.each([
    ['sign-up', 'Give limits like sign-up.address=100/1h'],
    ['sign-up.address=100', 'Give limits like sign-up.address=100/1h'],
    ['sign-up.address=-1/1h', 'Give limits like sign-up.address=100/1h'],
    ['toString=1/1h', 'Give limits of these names: sign-up.address, '],
    ['sign-up.address=0/1h', 'once or more'],
    ['sign-up.address=1/999d', 'within at most 30 days'],
    ['sign-up.address=1/0s', 'within at most 30 days'],
  ])('are not changed by %s', (text, problem) => {
    expect(changeLimits(text)).toEqual({ problem: expect.stringContaining(problem) })
  })
})

describe('whoever tried too often', () => {
  it.each([
    [1, '1 second'],
    [59, '59 seconds'],
    [60, '1 minute'],
    [61, '2 minutes'],
    [3600, '60 minutes'],
    [7200, '2 hours'],
  ])('is told to wait %i s as %s', (seconds, words) => {
    expect(waitInWords(seconds)).toBe(words)
  })

  it('is told so in words, and a program by a number', () => {
    const refusal = tooManyTries('reset.account', 61_200)
    expect(refusal.message).toBe('There were too many tries. Please wait 2 minutes, then try again.')
    expect(refusal.code).toBe('TOO_MANY_REQUESTS')
    expect((refusal.cause as LimitReached).retryAfterSeconds).toBe(62)
    expect(refusal.cause).toBeInstanceOf(LimitReached)
  })
})
