import { io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newId } from '../../bus/index.ts'
import type { Subscribed } from '../../inspector/model/feed-protocol.ts'
import { type ApiStage, CALLERS_PASSWORD, openApi } from '../../server/testing/api-stage.ts'
import { AddPasskey, ResetPassword, SetPasskeyDemand } from './messages.ts'
import { findPasskeys } from './store/passkeys.ts'

let stage: ApiStage
beforeAll(async () => {
  stage = await openApi()
})
afterAll(() => stage[Symbol.asyncDispose]())
afterEach(async () => {
  const off = { isOn: false, actorId: stage.userIds.operator, sessionId: null }
  await stage.app.bus.execute(SetPasskeyDemand, off)
  await stage.app.storage.prisma.passkey.deleteMany()
})

type Role = 'operator' | 'viewer' | 'member'

async function ask(procedure: string, cookie: string, input?: unknown) {
  const response = await stage.call(procedure, { cookie, input })
  const answer = (await response.json()) as { result?: { data: { json: Record<string, unknown> } } }
  return answer.result?.data.json ?? null
}

const demand = async () => ask('accounts.setPasskeyDemand', await stage.cookieOf('operator', 'passkey'), { isOn: true })

async function givePasskey(role: Role) {
  const credentialId = Buffer.from(newId()).toString('base64url')
  const key = { passkeyId: newId(), label: 'A key', credentialId, publicKey: 'AQID', counter: 0, transports: [] }
  await stage.app.bus.execute(AddPasskey, { userId: stage.userIds[role], ...key })
  return key.passkeyId
}

test('nobody demands passkeys who is in with a password, not by the bus either', async () => {
  const cookie = await stage.cookieOf('operator')
  expect(await ask('accounts.passkeyDemand', cookie)).toEqual({ isOn: false, isByPasskey: false })
  expect(await ask('accounts.setPasskeyDemand', cookie, { isOn: true })).toEqual({ outcome: 'passkey-needed' })
  const actorId = stage.userIds.operator
  const somebodyElses = await stage.app.storage.prisma.session.findFirstOrThrow({ where: { userId: actorId } })
  for (const sessionId of [null, newId(), somebodyElses.id]) {
    const { reply } = await stage.app.bus.execute(SetPasskeyDemand, { isOn: true, actorId, sessionId })
    expect(reply).toEqual({ outcome: 'passkey-needed' })
  }
  expect(await ask('accounts.passkeyDemand', cookie)).toEqual({ isOn: false, isByPasskey: false })
})

test('once they are demanded, log-ins of operators and viewers by password end, with what is live, and no others', async () => {
  await stage.app.storage.prisma.session.deleteMany()
  const [mine, theirs] = [await stage.cookieOf('operator', 'passkey'), await stage.cookieOf('viewer')]
  const others = [await stage.cookieOf('member'), await stage.cookieOf('viewer', 'passkey')]
  const socket = io(stage.url, { extraHeaders: { cookie: theirs }, forceNew: true, reconnection: false })
  expect(((await socket.emitWithAck('subscribe', { room: 'live' }, null)) as Subscribed).ok).toBe(true)
  const cut = new Promise<string>((resolve) => {
    socket.once('disconnect', resolve)
  })
  expect(await ask('accounts.setPasskeyDemand', mine, { isOn: true })).toEqual({ outcome: 'set', ended: 1 })
  expect(await cut).toBe('io server disconnect')
  expect(await ask('accounts.me', theirs)).toBeNull()
  expect(await ask('accounts.me', mine)).toMatchObject({ role: 'operator', roleByPasskey: null })
  expect(await ask('accounts.me', others[0]!)).toMatchObject({ role: 'member', roleByPasskey: null })
  expect(await ask('accounts.me', others[1]!)).toMatchObject({ role: 'viewer', roleByPasskey: null })
  expect(await ask('accounts.setPasskeyDemand', mine, { isOn: true })).toEqual({ outcome: 'unchanged' })
  const entries = () =>
    stage.app.storage.pool.query(
      `SELECT actor_id, details FROM audit_entries WHERE action = 'accounts.passkey-demand-set' ORDER BY at DESC LIMIT 1`,
    )
  await expect
    .poll(async () => (await entries()).rows)
    .toEqual([{ actor_id: stage.userIds.operator, details: { isOn: true } }])
  // At the command line somebody takes it back who has lost their passkey.
  const actorId = newId()
  const { reply } = await stage.app.bus.execute(SetPasskeyDemand, { isOn: false, actorId, sessionId: null })
  expect(reply).toEqual({ outcome: 'set', endedSessionIds: [] })
  expect(await ask('accounts.me', await stage.cookieOf('viewer'))).toMatchObject({ role: 'viewer' })
})

test('whoever is in with a password makes the first passkey, and neither a second one nor none', async () => {
  await demand()
  const cookie = await stage.cookieOf('viewer')
  expect(await ask('accounts.me', cookie)).toMatchObject({ role: 'member', roleByPasskey: 'viewer' })
  const password = CALLERS_PASSWORD
  expect(await ask('accounts.askForNewPasskey', cookie, { password: 'a guess' })).toEqual({ outcome: 'wrong-password' })
  expect(await ask('accounts.askForNewPasskey', cookie, { password })).toMatchObject({ outcome: 'asked' })
  const passkeyId = await givePasskey('viewer')
  const refused = { outcome: 'passkey-needed' }
  expect(await ask('accounts.askForNewPasskey', cookie, { password })).toEqual(refused)
  const made = { clientDataJSON: 'AA', attestationObject: 'AA' }
  const answer = { id: 'AA', rawId: 'AA', type: 'public-key', clientExtensionResults: {}, response: made }
  expect(await ask('accounts.addPasskey', cookie, { label: 'Another', answer })).toEqual(refused)
  expect(await ask('accounts.removePasskey', cookie, { passkeyId, password })).toEqual(refused)
  const byPasskey = await stage.cookieOf('viewer', 'passkey')
  expect(await ask('accounts.askForNewPasskey', byPasskey, { password })).toMatchObject({ outcome: 'asked' })
  expect(await ask('accounts.removePasskey', byPasskey, { passkeyId, password })).toEqual({ outcome: 'removed' })
})

test.each([
  ['viewer', 1],
  ['member', 0],
] as const)('a new password by a link leaves a %s %i passkey where they are demanded', async (role, left) => {
  await demand()
  await givePasskey(role)
  const userId = stage.userIds[role]
  const resetId = newId()
  const expiresAt = new Date(Date.now() + 60_000)
  await stage.app.storage.prisma.passwordReset.create({ data: { id: resetId, userId, tokenHash: resetId, expiresAt } })
  const { passwordHash } = await stage.app.storage.prisma.user.findUniqueOrThrow({ where: { id: userId } })
  await stage.app.bus.execute(ResetPassword, { userId, resetId, passwordHash, removePasskeys: true })
  expect(await findPasskeys(stage.app.storage.prisma, userId)).toHaveLength(left)
})

test('a session that goes on under another token is what it was', async () => {
  await demand()
  const cookie = await stage.cookieOf('viewer', 'passkey')
  const input = { currentPassword: CALLERS_PASSWORD, password: 'quite another long password' }
  const response = await stage.call('accounts.password.change', { cookie, input })
  const fresh = response.headers.getSetCookie().find((each) => each.startsWith('waybill-session='))
  expect(await ask('accounts.me', fresh?.split(';', 1)[0] ?? '')).toMatchObject({ role: 'viewer' })
})
