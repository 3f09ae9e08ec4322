import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { NO_CIRCUMSTANCES } from '../inspector/model/explain/circumstances.ts'
import { failingTestOf } from '../inspector/model/payload/failing-test.ts'
import type { PriorState } from '../inspector/model/prior-state.ts'
import { aDelivery } from '../inspector/model/testing/views.ts'
import type { LaneView, MessageDetail } from '../inspector/model/view.ts'
import { deliverAlone } from './testing/deliver-alone.ts'
import { withoutMasks } from './testing/without-masks.ts'

const userId = '019abcde-0000-7000-8000-000000000007'
const SEND_SMS = { name: 'communication.send-sms', version: 1 }
const masked = { userId, phone: '••••', text: '••••' }
const CONFIRMED = { name: 'accounts.email-confirmed', version: 1, body: { userId } }
const ON_CONFIRMED = 'registration.sign-up-on-email-confirmed'
const prior: PriorState = {
  name: 'registration.sign-up',
  key: userId,
  definitionVersion: 1,
  version: 3,
  status: 'running',
  state: { open: { email: 'sent', text: 'none', address: { unconfirmed: 'fresh' } } },
  context: {},
  timers: [],
}
/** In a state that its chart does not have: whatever comes for it fails. */
const lost = { ...prior, state: { nowhere: {} } }

it('hands a copied message to its handler, whatever was masked in it', async () => {
  const sent = await deliverAlone({ subscription: SEND_SMS.name, message: { ...SEND_SMS, body: masked } })
  expect(sent).toMatchObject({ state: 'succeeded', lastError: null })
})

it('fails as the handler fails', async () => {
  const ended = await deliverAlone({ subscription: ON_CONFIRMED, message: CONFIRMED, process: lost })
  expect(ended.lastError).toContain('nowhere')
  expect(ended.state).not.toBe('succeeded')
})

it('finds the process where it was when the message came', async () => {
  const copied = failingTestOf(
    { ...aMessage, ...CONFIRMED },
    { ...aLane, subscription: ON_CONFIRMED },
    CONFIRMED.body,
    prior,
  )
  expect(copied).toContain('"version": 3')
  expect(copied).toContain('"address": {')
  const ended = await deliverAlone({ subscription: ON_CONFIRMED, message: CONFIRMED, process: prior })
  expect(ended).toMatchObject({ state: 'succeeded', lastError: null })
}, 60_000)

it('says when the message or its handler is not of this build', async () => {
  const message = { ...SEND_SMS, body: masked }
  await expect(deliverAlone({ subscription: 'no.such', message })).rejects.toThrow('No handler')
  await expect(deliverAlone({ subscription: SEND_SMS.name, message: { ...message, name: 'no.such' } })).rejects.toThrow(
    'No message',
  )
  await expect(deliverAlone({ subscription: SEND_SMS.name, message: { ...message, version: 9 } })).rejects.toThrow(
    'version 1',
  )
})

it('makes up what is masked as the contract asks for, and nothing else', () => {
  const schema = z.object({
    mail: z.email(),
    at: z.iso.datetime(),
    list: z.array(z.object({ phone: z.string() })),
    n: z.int(),
  })
  const body = { mail: '••••', at: '••••', list: [{ phone: '••••' }], n: 3 }
  expect(schema.parse(withoutMasks(schema, body))).toMatchObject({ n: 3, list: [{ phone: 'masked' }] })
  expect(() => withoutMasks(z.object({ a: z.literal('odd') }), { a: '••••' })).toThrow('by hand')
})

it('is what the inspector copies: a test that fails, and passes once the handler can do it', async () => {
  const copied = (name: string) => path.join(import.meta.dirname, `copied-${process.pid}-${name}.int.test.ts`)
  const [fails, passes, report] = [copied('fails'), copied('passes'), `${copied('report')}.json`]
  try {
    const message = { ...aMessage, ...CONFIRMED }
    const lane = { ...aLane, subscription: ON_CONFIRMED }
    await writeFile(fails, failingTestOf(message, lane, CONFIRMED.body, lost))
    await writeFile(passes, failingTestOf(message, lane, CONFIRMED.body, prior))
    const run = ['vitest', 'run', '--project', 'int', '--reporter=json', `--outputFile=${report}`, fails, passes]
    await promisify(execFile)('npx', run).catch(() => undefined)
    const { testResults } = JSON.parse(await readFile(report, 'utf8')) as { testResults: Ran[] }
    const statusOf = (file: string) => testResults.find((each) => each.name === file)?.assertionResults[0]
    expect(statusOf(fails)).toMatchObject({ status: 'failed', failureMessages: [expect.stringContaining('lastError')] })
    expect(statusOf(passes)).toMatchObject({ status: 'passed' })
  } finally {
    for (const file of [fails, passes, report]) await rm(file, { force: true })
  }
}, 60_000)

interface Ran {
  name: string
  assertionResults: { status: string; failureMessages: string[] }[]
}

const aLane: LaneView = {
  ...aDelivery('m', 'd', {
    subscription: SEND_SMS.name,
    state: 'dead',
    attempt: 8,
    maxAttempts: 8,
    lastError: 'too long',
  }),
  ...NO_CIRCUMSTANCES,
  handlerKind: 'effectful',
  attempts: [],
  emitted: [],
  fault: null,
  outage: null,
}

const aMessage: MessageDetail = {
  ...SEND_SMS,
  messageId: 'm',
  key: null,
  description: null,
  kind: 'command',
  conversationId: 'c',
  causationId: null,
  causationDeliveryId: null,
  occurredAt: '2026-01-01T00:00:00.000Z',
  deliveries: [aLane],
  payload: { json: '{}', length: 2, isWhole: true },
  usual: null,
  retriedFrom: null,
  expiresAt: null,
  subjectId: null,
  idempotencyKey: null,
  dueAt: null,
  metadata: {
    bodyBytes: 2,
    classified: [],
    owner: null,
    contract: { newest: null, isDeclared: false, isRead: false },
    retentionDays: 30,
    answersRepeatsUntil: null,
  },
  cause: null,
}
