import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RetryAfter, Unrecoverable } from '../../bus/index.ts'
import { retryAfterMs } from './model/retry-after.ts'
import { createSmsGateway } from './sms-gateway.ts'
import { SmsProvider } from './testing/sms-provider.ts'

const sms = { to: '+49 170 1234567', text: 'hello' }

describe('the SMS gateway', () => {
  let provider: SmsProvider
  beforeEach(async () => {
    provider = await new SmsProvider().start()
  })
  afterEach(() => provider.stop())

  const send = (repeatSince: Date | null = null, signal = new AbortController().signal) =>
    createSmsGateway({ smsUrl: provider.url, limitMs: 500 }).send(sms, { key: 'the-message', repeatSince, signal })
  const failing = () => send().catch((error: unknown) => error)

  it("speaks Twilio's API: the form, the account, and the number as the network takes it", async () => {
    expect(await send()).toEqual({ outcome: 'sent', providerId: 'SM1' })
    expect(provider.taken).toMatchObject([{ to: '+491701234567', body: 'hello' }])
    expect(provider.requests).toEqual([
      {
        method: 'POST',
        path: '/2010-04-01/Accounts/AC123/Messages.json',
        authorization: `Basic ${Buffer.from('AC123:a token').toString('base64')}`,
        key: 'the-message',
      },
    ])
  })

  it('waits as long as a 429 or a 503 says', async () => {
    for (const status of [429, 503]) {
      provider.behaviours = [{ status, headers: { 'retry-after': '7' } }]
      const error = await failing()
      expect(error).toBeInstanceOf(RetryAfter)
      expect((error as RetryAfter).afterMs).toBe(7_000)
    }
  })

  it('tries a 429 that does not say when, and a 500, like any other failure', async () => {
    provider.behaviours = [{ status: 429 }, { status: 500 }]
    for (const problem of ['429', '500']) {
      const error = await failing()
      expect(error).toMatchObject({ name: 'Error', message: expect.stringContaining(problem) })
    }
  })

  it('never tries again what the provider refuses for good', async () => {
    provider.behaviours = [{ status: 401, headers: { 'retry-after': '7' } }]
    expect(await failing()).toBeInstanceOf(Unrecoverable)
  })

  it('tells a number that no text will reach from a fault', async () => {
    provider.behaviours = [{ status: 400, code: 21_211 }]
    expect(await send()).toEqual({ outcome: 'rejected', answer: '400 21211' })
    const gateway = createSmsGateway({ smsUrl: provider.url })
    const attempt = { key: 'key', repeatSince: null, signal: new AbortController().signal }
    expect(await gateway.send({ to: 'call me', text: 'hello' }, attempt)).toMatchObject({ outcome: 'rejected' })
  })

  it('follows the provider to no other place', async () => {
    provider.behaviours = [{ status: 307, headers: { location: '/elsewhere' } }]
    expect(await failing()).toMatchObject({ name: 'TypeError' })
    expect(provider.requests.map(({ path }) => path)).toEqual(['/2010-04-01/Accounts/AC123/Messages.json'])
  })

  it('leaves a provider that does not answer in time, or when told to stop', async () => {
    provider.behaviours = ['never answers', 'never answers']
    await expect(send()).rejects.toThrow(/timeout/i)
    const stopping = new AbortController()
    const sending = send(null, stopping.signal)
    stopping.abort(new Error('the node stops'))
    await expect(sending).rejects.toThrow('the node stops')
  })

  it('finds a text whose answer was lost, and does not send it again', async () => {
    const since = new Date()
    provider.behaviours = ['takes and drops']
    await expect(send()).rejects.toThrow()
    expect(await send(since)).toEqual({ outcome: 'sent', providerId: 'SM1' })
    expect(provider.taken).toHaveLength(1)
  })

  it('sends again what did not arrive, and what an earlier message said the same way', async () => {
    await send()
    provider.behaviours = ['drops']
    await expect(send()).rejects.toThrow()
    expect(await send(new Date(Date.now() + 120_000))).toEqual({ outcome: 'sent', providerId: 'SM2' })
  })

  it('sends again through a provider that has no list, and asks again one that fails to give it', async () => {
    provider.listStatus = 404
    expect(await send(new Date())).toMatchObject({ outcome: 'sent' })
    provider.listStatus = 500
    await expect(send(new Date())).rejects.toThrow('500')
    expect(provider.taken).toHaveLength(1)
  })

  it('sends twice what the provider has taken but does not list yet: nobody can tell', async () => {
    const since = new Date()
    provider.behaviours = ['takes and drops']
    provider.isListBehind = true
    await expect(send()).rejects.toThrow()
    expect(await send(since)).toMatchObject({ outcome: 'sent' })
    expect(provider.taken).toHaveLength(2)
  })
})

describe('a Retry-After header', () => {
  const now = new Date('2026-03-01T12:00:00Z')

  it.each([
    ['120', 120_000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', null],
    [null, null],
  ])('%s', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected)
  })
})
