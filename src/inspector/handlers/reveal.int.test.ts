import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../bus/index.ts'
import { RenewConfirmation } from '../../modules/accounts/messages.ts'
import { SendSms } from '../../modules/communication/messages.ts'
import { type ApiStage, openApi } from '../../server/testing/api-stage.ts'

let stage: ApiStage

beforeAll(async () => {
  stage = await openApi()
})
afterAll(() => stage[Symbol.asyncDispose]())

const PHONE = '+41791112233'
const REASON = 'Anna Berg called and asked'
const rows = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await stage.app.storage.pool.query<Row>(text, values)).rows

async function answerOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { result?: { data: { json: unknown } } }).result?.data.json
}

async function sendText(userId: string): Promise<string> {
  const { messageId } = await stage.app.bus.send(SendSms, { userId, phone: PHONE, text: 'hello' } as never)
  return messageId
}

it('an operator sees what is masked once it is noted who looks, at what, and why', async () => {
  const userId = stage.userIds.member
  const messageId = await sendText(userId)
  const reveal = (field: string | null) =>
    stage.call('inspector.reveal', { caller: 'operator', input: { messageId, field, reason: REASON } })
  expect(await answerOf(await reveal('phone'))).toEqual({ fields: [{ path: 'phone', value: PHONE }] })
  expect(await answerOf(await reveal(null))).toMatchObject({
    fields: expect.arrayContaining([{ path: 'text', value: 'hello' }]),
  })

  const entries = () =>
    rows<{ actor_id: string; subject_id: string; details: Record<string, unknown> }>(
      `SELECT actor_id, subject_id, details FROM audit_entries WHERE action = 'inspector.personal-data-revealed' ORDER BY number`,
    )
  await expect.poll(async () => (await entries()).length).toBe(2)
  expect((await entries())[0]).toMatchObject({
    actor_id: stage.userIds.operator,
    subject_id: userId,
    details: { revealed: messageId, field: 'phone' },
  })
  // The reason may name somebody: it is sealed at rest, and read in the audit.
  expect(JSON.stringify(await entries())).not.toContain('Anna')
  const audit = await answerOf(
    await stage.call('inspector.audit', { caller: 'viewer', input: { operatorsOnly: true } }),
  )
  expect(JSON.stringify(audit)).toContain(REASON)
  // So it is in the messages: it goes with whom it is about.
  const noted = await rows<{ subject_id: string; body: { reason: { sealed: string } } }>(
    `SELECT subject_id, body FROM messages WHERE name IN ('inspector.note-reveal', 'inspector.personal-data-revealed')`,
  )
  expect(noted).toHaveLength(4)
  for (const { subject_id, body } of noted) {
    expect(subject_id).toBe(userId)
    expect(body.reason.sealed).toMatch(new RegExp(`^personal:v1:${userId}:`))
  }
  // What was revealed is kept nowhere.
  const dump = JSON.stringify(
    await rows('SELECT m.body, d.reply FROM messages AS m JOIN deliveries AS d ON d.message_id = m.id'),
  )
  expect(dump).not.toContain(PHONE)
})

it('without a reason, or of what there is not, nothing is shown; others are refused', async () => {
  const messageId = await sendText(stage.userIds.member)
  const input = { messageId, field: null, reason: REASON }
  expect((await stage.call('inspector.reveal', { caller: 'operator', input: { ...input, reason: ' ' } })).status).toBe(
    400,
  )
  for (const caller of ['anonymous', 'member', 'viewer'] as const) {
    expect([401, 403]).toContain((await stage.call('inspector.reveal', { caller, input })).status)
  }
  const unknown = await stage.call('inspector.reveal', { caller: 'operator', input: { ...input, messageId: newId() } })
  expect(await answerOf(unknown)).toEqual({ fields: [] })
  const plain = await stage.app.bus.send(RenewConfirmation, { userId: newId(), validUntil: new Date().toISOString() })
  const nothing = await stage.call('inspector.reveal', {
    caller: 'operator',
    input: { ...input, messageId: plain.messageId },
  })
  expect(await answerOf(nothing)).toEqual({ fields: [] })
})

it('of somebody who was erased there is nothing to reveal', async () => {
  const userId = newId()
  const messageId = await sendText(userId)
  const { storage } = stage.app
  await storage.unitOfWork.run((tx) => storage.personKeys.erase(tx, userId))
  const input = { messageId, field: null, reason: REASON }
  expect(await answerOf(await stage.call('inspector.reveal', { caller: 'operator', input }))).toEqual({ fields: [] })
})
