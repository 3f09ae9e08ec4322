import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { RetryAfter, Unrecoverable } from '../../bus/index.ts'
import { retryAfterMs } from './model/retry-after.ts'
import { createSmsGateway } from './sms-gateway.ts'

describe('the SMS gateway', () => {
  let stop = () => {}
  afterEach(() => stop())

  const answering = async (status: number, headers: Record<string, string>) => {
    const server = createServer((_, response) => response.writeHead(status, headers).end('{}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stop = () => {
      server.closeAllConnections()
      server.close()
    }
    const gateway = createSmsGateway({ smsUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    return gateway
      .send({ to: '+491', text: 'hello' }, 'key', new AbortController().signal)
      .catch((error: unknown) => error)
  }

  it('waits as long as a 429 says', async () => {
    const error = await answering(429, { 'retry-after': '7' })
    expect(error).toBeInstanceOf(RetryAfter)
    expect((error as RetryAfter).afterMs).toBe(7_000)
  })

  it('tries a 429 that does not say when like any other failure, and a 400 never again', async () => {
    expect(await answering(429, {})).not.toBeInstanceOf(RetryAfter)
    stop()
    expect(await answering(400, { 'retry-after': '7' })).toBeInstanceOf(Unrecoverable)
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
