import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createEmailGateway, LATER } from './email-gateway.ts'
import { createSmtpSink, type Sink } from './sinks/smtp-sink.ts'
import type { Received } from './store.ts'

const mail = {
  to: { name: 'Anna "\r\nBcc: all@example.com', address: 'anna@example.com' },
  subject: 'Grüße',
  text: 'Ein Link: https://waybill.example/confirm?token=abc',
  html: '<p>Ein <a href="https://waybill.example/confirm?token=abc">Link</a></p>',
}
const signal = new AbortController().signal
let sink: Sink | undefined

afterEach(async () => {
  await sink?.stop()
  sink = undefined
})

async function setup(keep: (received: Received) => void = () => undefined) {
  sink = createSmtpSink(async (received) => keep(received))
  const smtpUrl = await sink.start()
  return createEmailGateway({ smtpUrl, mailFrom: 'Waybill <hello@waybill.example>' })
}

test('what is sent arrives as it was, to nobody else, and a repeat carries the same Message-ID', async () => {
  const box: Received[] = []
  const gateway = await setup((received) => box.push(received))
  const sent = await gateway.send(mail, 'the-message', signal)
  await gateway.send(mail, 'the-message', signal)
  await gateway.send(mail, 'another-message', signal)
  expect(sent).toEqual({ outcome: 'sent', messageIdHeader: '<the-message@waybill.example>' })
  expect(box.map(({ externalId }) => externalId)).toEqual([
    '<the-message@waybill.example>',
    '<the-message@waybill.example>',
    '<another-message@waybill.example>',
  ])
  expect(box[0]).toMatchObject({
    channel: 'email',
    recipient: 'anna@example.com',
    subject: 'Grüße',
    text: expect.stringContaining('https://waybill.example/confirm?token=abc'),
    html: expect.stringContaining('href="https://waybill.example/confirm?token=abc"'),
  })
})

test('a mailbox that cannot keep a mail now has it sent again later', async () => {
  const gateway = await setup(() => {
    throw new Error('the database is away')
  })
  const error = await gateway.send(mail, 'key', signal).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ responseCode: 451 })
  expect((LATER.when as (error: unknown) => boolean)(error)).toBe(true)
})

test('a server that never answers is left as soon as we are told to stop', async () => {
  const open: Socket[] = []
  const server = createServer((socket) => open.push(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const gateway = createEmailGateway({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'hello@waybill.example' })
  const stopping = new AbortController()
  const sending = gateway.send(mail, 'key', stopping.signal)
  sending.catch(() => undefined)
  await once(server, 'connection')
  const closed = once(open[0]!, 'close')
  stopping.abort()
  await expect(sending).rejects.toThrow()
  await closed
  server.close()
})
