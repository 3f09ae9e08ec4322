import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Room, Subscribed } from '../inspector/model/feed-protocol.ts'
import { RenewConfirmation } from '../modules/accounts/messages.ts'
import { isGranted, mayCall, PROCEDURES, ROOMS, rightTo } from '../web/rights.ts'
import {
  type ApiStage,
  CALLERS,
  type Caller,
  definitionOf,
  openApi,
  proceduresOf,
  roleOfCaller,
} from './testing/api-stage.ts'

let stage: ApiStage
beforeAll(async () => {
  stage = await openApi()
})
afterAll(() => stage[Symbol.asyncDispose]())

test('the table of rights names every procedure that there is, and each says the same of itself', () => {
  const declared = proceduresOf(stage.api).map((name) => [name, definitionOf(stage.api, name).meta?.right])
  expect(Object.fromEntries(declared)).toEqual(PROCEDURES)
})

test.each(CALLERS)(
  'of the whole API whoever is %s can call what the table grants, and nothing else',
  async (caller) => {
    const role = roleOfCaller(caller)
    const refusal = role === null ? 401 : 403
    const isRefusal = (status: number) => status === 401 || status === 403
    for (const procedure of proceduresOf(stage.api)) {
      const { status } = await stage.call(procedure, { caller })
      const answer = `${procedure} ${isRefusal(status) ? status : 'answers'}`
      expect(answer).toBe(`${procedure} ${mayCall(procedure, role) ? 'answers' : refusal}`)
    }
  },
)

test.each(['viewer', 'operator'] as const)(
  'where passkeys are demanded a %s who is in with a password is a member, and no more',
  async (caller) => {
    await using demanding = await openApi()
    await demanding.app.storage.prisma.accountSettings.updateMany({ data: { isPasskeyDemanded: true } })
    for (const procedure of proceduresOf(demanding.api)) {
      const { status } = await demanding.call(procedure, { caller })
      expect(`${procedure} ${status === 403 ? 403 : 'answers'}`).toBe(
        `${procedure} ${mayCall(procedure, 'member') ? 'answers' : 403}`,
      )
    }
    const live = { room: 'live' } as const
    expect(await follow(await demanding.cookieOf(caller), live, demanding.url)).toBe('not-allowed')

    const cookie = await demanding.cookieOf(caller, 'passkey')
    expect(await follow(cookie, live, demanding.url)).toBe('shown')
    expect((await demanding.call('inspector.nodes', { cookie })).status).toBe(200)
    expect((await demanding.call('accounts.people.list', { cookie })).status).toBe(caller === 'operator' ? 200 : 403)
  },
)

test('what the table does not name is refused to everybody', () => {
  for (const caller of CALLERS) expect(mayCall('accounts.notThere', roleOfCaller(caller))).toBe(false)
  for (const name of ['toString', '__proto__', 'constructor']) expect(rightTo(name)).toBeUndefined()
})

const OTHERS = '00000000-0000-4000-8000-000000000000'

/** A conversation with a message about the caller. */
async function ownConversation(caller: Caller): Promise<string> {
  const role = roleOfCaller(caller)
  if (role === null) return OTHERS
  const body = { userId: stage.userIds[role], validUntil: new Date().toISOString() }
  return (await stage.app.bus.execute(RenewConfirmation, body)).conversationId
}

async function follow(cookie: string, room: Room, url = stage.url): Promise<string> {
  const socket = io(url, { extraHeaders: { cookie }, forceNew: true })
  try {
    return await new Promise<string>((resolve) => {
      socket.on('connect_error', (error) => resolve(error.message))
      socket.emit('subscribe', room, null, (answer: Subscribed) => resolve(answer.ok ? 'shown' : answer.reason))
    })
  } finally {
    socket.disconnect()
  }
}

test.each(CALLERS)('whoever is %s follows the rooms that the table grants, and no others', async (caller) => {
  const role = roleOfCaller(caller)
  const refusal = role === null ? 'not-signed-in' : 'not-allowed'
  const expected = (isShown: boolean) => (role !== null && isShown ? 'shown' : refusal)
  const { live, conversation } = ROOMS
  const cookie = await stage.cookieOf(caller)
  const own = await ownConversation(caller)
  expect(await follow(cookie, { room: 'live' })).toBe(expected(isGranted(live.all, role)))
  expect(await follow(cookie, { room: 'conversation', conversationId: OTHERS })).toBe(
    expected(isGranted(conversation.all, role)),
  )
  expect(await follow(cookie, { room: 'conversation', conversationId: own })).toBe(
    expected(isGranted(conversation.own, role)),
  )
})
