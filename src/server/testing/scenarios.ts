import { newId } from '../../bus/index.ts'
import { RetryDelivery } from '../../inspector/messages.ts'
import { ConfirmEmail, CreateUser } from '../../modules/accounts/messages.ts'
import { SendSms } from '../../modules/communication/messages.ts'
import { drainInTurn } from './node.ts'
import type { Scenario } from './stage.ts'

const userId = '019abcde-0000-7000-8000-000000000001'
const phone = '+4917012345678'
const person = { userId, name: 'Ada', email: 'ada@example.com', phone, passwordHash: 'not a real hash' }
const idempotencyKey = 'one form'

export const signUp: Scenario = {
  name: 'a sign-up, until nothing of it is left to do',
  prepare: async () => (node) => node.bus.send(CreateUser, person, { idempotencyKey }),
}

export const confirmation: Scenario = {
  name: 'the confirmation of an address',
  prepare: async (node) => {
    await node.bus.send(CreateUser, person)
    await drainInTurn(node)
    const { id } = await node.storage.prisma.emailConfirmation.findFirstOrThrow()
    return (another) => another.bus.send(ConfirmEmail, { userId, confirmationId: id }, { idempotencyKey })
  },
}

export const retry: Scenario = {
  name: "an operator's retry of what is dead",
  prepare: async (first) => {
    await first.bus.send(CreateUser, person)
    await drainInTurn(first, SendSms.name)
    const { rows } = await first.storage.pool.query<{ id: string }>(`SELECT id FROM deliveries WHERE state = 'dead'`)
    const body = { deliveryId: rows[0]!.id, actorId: newId() }
    return (node) => node.bus.send(RetryDelivery, body, { idempotencyKey })
  },
}
