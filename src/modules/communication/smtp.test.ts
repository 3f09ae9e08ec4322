import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Unrecoverable } from '../../bus/index.ts'
import { createEmailGateway, type EmailGateway } from './email-gateway.ts'
import { isTemporary } from './model/smtp-answer.ts'
import { MailServer } from './testing/mail-server.ts'

const mail = {
  to: { name: 'Anna', address: 'anna@example.com' },
  subject: 'Hello',
  text: 'Hello.',
  html: '<p>Hello.</p>',
}
const signal = new AbortController().signal
const SELF_SIGNED = 'tls.rejectUnauthorized=false'

describe('a mail server that misbehaves', () => {
  let server: MailServer
  let gateway: EmailGateway | undefined

  beforeEach(() => {
    server = new MailServer()
  })
  afterEach(async () => {
    gateway?.close()
    await server.stop()
  })

  const open = async (start: Parameters<MailServer['start']>[0] = {}) => {
    gateway = createEmailGateway({ smtpUrl: await server.start(start), mailFrom: 'hello@waybill.example' })
    return (key = 'key') => gateway!.send(mail, key, signal)
  }
  const failing = (sending: Promise<unknown>) => sending.catch((error: unknown) => error)

  it('and says "not now", at the recipient or after the mail, sees the same mail again', async () => {
    const send = await open()
    server.behaviours = [{ recipient: '450 4.2.0 greylisted' }, { data: '451 4.3.0 try again' }]
    expect(isTemporary(await failing(send()))).toBe(true)
    expect(isTemporary(await failing(send()))).toBe(true)
    expect(await send()).toMatchObject({ outcome: 'sent' })
    expect(server.taken.map(({ messageId }) => messageId)).toEqual(['<key@waybill.example>'])
  })

  it('and refuses for good is not asked again', async () => {
    const send = await open()
    server.behaviours = [{ data: '554 5.7.1 spam' }]
    expect(await failing(send())).toBeInstanceOf(Unrecoverable)
  })

  it('and knows nobody of that name tells a bounce from a fault', async () => {
    const send = await open()
    server.behaviours = [{ recipient: '550 5.1.1 <anna@example.com>: user unknown' }]
    expect(await send()).toEqual({ outcome: 'bounced', answer: '550 5.1.1' })
  })

  it('and drops the connection after the mail has it twice, with the same Message-ID', async () => {
    const send = await open()
    server.behaviours = ['drops']
    const error = await failing(send())
    expect(error).not.toBeInstanceOf(Unrecoverable)
    expect(isTemporary(error)).toBe(false)
    expect(await send()).toMatchObject({ outcome: 'sent' })
    expect(server.taken.map(({ messageId }) => messageId)).toEqual(['<key@waybill.example>', '<key@waybill.example>'])
  })

  it('gets many mails over few connections', async () => {
    const send = await open({ query: '?maxConnections=2' })
    await Promise.all(Array.from({ length: 12 }, (_, index) => send(`mail-${index}`)))
    expect(server.taken).toHaveLength(12)
    expect(server.connections).toBeLessThanOrEqual(2)
  })

  it('gets no more in a while than it is said to stand', async () => {
    const send = await open({ query: '?rateLimit=2&rateDelta=200&maxConnections=1' })
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: 6 }, (_, index) => send(`mail-${index}`)))
    expect(performance.now() - startedAt).toBeGreaterThan(300)
    expect(server.taken).toHaveLength(6)
  })

  const withAccount = {
    onAuth: (auth, _, done) =>
      auth.username === 'waybill' && auth.password === 'a password'
        ? done(null, { user: 'waybill' })
        : done(new Error('wrong')),
  } satisfies NonNullable<Parameters<MailServer['start']>[0]>['options']

  it('is spoken to in secret, and gets the password, where it offers that', async () => {
    const query = `?requireTLS=true&${SELF_SIGNED}`
    const send = await open({ options: withAccount, auth: 'waybill:a%20password@', query })
    await send()
    expect(server.taken).toMatchObject([{ isSecure: true, user: 'waybill' }])
  })

  it('gets nothing, the password least of all, where it is not who it says', async () => {
    const send = await open({ options: withAccount, auth: 'waybill:a%20password@', query: '?requireTLS=true' })
    expect(await failing(send())).toMatchObject({ message: expect.stringMatching(/certificate/i) })
    expect(server.taken).toEqual([])
  })

  it('and offers no secrecy gets nothing where that was asked for', async () => {
    const send = await open({ query: '?requireTLS=true' })
    const message = expect.stringContaining('add requireTLS=false to SMTP_URL')
    expect(await failing(send())).toMatchObject({ name: 'NoTlsError', message })
  })

  it('and does not take our password is asked again: the mail is not to blame', async () => {
    const send = await open({ options: withAccount, auth: 'waybill:wrong@', query: `?${SELF_SIGNED}` })
    expect(await failing(send())).toMatchObject({ code: 'EAUTH' })
  })
})
