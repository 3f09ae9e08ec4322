import type { inferRouterInputs } from '@trpc/server'
import { expectTypeOf, test } from 'vitest'
import type { Room } from '../inspector/model/feed-protocol.ts'
import type { PROCEDURES, ROOMS } from '../web/rights.ts'
import type { AppRouter } from './router.ts'

type Inputs = inferRouterInputs<AppRouter>
type Procedure = { [Branch in keyof Inputs]: `${Branch}.${keyof Inputs[Branch] & string}` }[keyof Inputs]

test('the table of rights names every procedure and every room, and none that is not there', () => {
  // Whoever adds a procedure says in src/web/rights.ts whose it is.
  expectTypeOf<Exclude<Procedure, keyof typeof PROCEDURES>>().toBeNever()
  expectTypeOf<Exclude<keyof typeof PROCEDURES, Procedure>>().toBeNever()
  expectTypeOf<keyof typeof ROOMS>().toEqualTypeOf<Room['room']>()
})
