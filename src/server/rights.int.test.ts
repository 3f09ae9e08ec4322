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

async function follow(caller: Caller, room: Room): Promise<string> {
  const socket = io(stage.url, { extraHeaders: { cookie: await stage.cookieOf(caller) }, forceNew: true })
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
  expect(await follow(caller, { room: 'live' })).toBe(expected(isGranted(live.all, role)))
  expect(await follow(caller, { room: 'conversation', conversationId: OTHERS })).toBe(
    expected(isGranted(conversation.all, role)),
  )
  expect(await follow(caller, { room: 'conversation', conversationId: await ownConversation(caller) })).toBe(
    expected(isGranted(conversation.own, role)),
  )
})
