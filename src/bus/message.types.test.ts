import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import type { Bus } from './bus.ts'
import { handle, handleOutside, subscribe } from './handlers.ts'
import { type BodyOf, defineCommand, defineEvent, type ReplyOf } from './message.ts'

const Do = defineCommand('shop.do', {
  version: 1,
  body: z.object({ name: z.string() }),
  reply: z.object({ outcome: z.enum(['done', 'refused']) }),
})
const Done = defineEvent('shop.done', { version: 1, body: z.object({ name: z.string() }) })

describe('the types of messages', () => {
  it('infer body and reply from the contract', () => {
    expectTypeOf<BodyOf<typeof Do>>().toEqualTypeOf<{ name: string }>()
    expectTypeOf<ReplyOf<typeof Do>>().toEqualTypeOf<{ outcome: 'done' | 'refused' }>()
  })

  it('C1, C2, C3: keep commands and events apart at compile time', () => {
    const uncalled = (bus: Bus) => [
      bus.send(Do, { name: 'a' }),
      // @ts-expect-error an event is not sent
      bus.send(Done, { name: 'a' }),
      // @ts-expect-error a command is not published
      bus.publish(Do, { name: 'a' }),
      // @ts-expect-error an event has no reply to wait for
      bus.execute(Done, { name: 'a' }),
      // @ts-expect-error the body has to fit
      bus.send(Do, { nome: 'a' }),
      // @ts-expect-error a command is not subscribed to
      subscribe(Do, 'shop.listen', {}, async () => {}),
      // @ts-expect-error a handler gives the reply of its contract
      handle(Do, {}, async () => ({ outcome: 'perhaps' })),
      // @ts-expect-error an effectful handler has no transaction
      handleOutside(Do, {}, async (_, { tx }) => ({ outcome: tx ? 'done' : 'refused' })),
    ]
    expectTypeOf(uncalled).toBeFunction()
  })
})
