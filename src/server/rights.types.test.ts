import { expectTypeOf, test } from 'vitest'
import type { Room } from '../inspector/model/feed-protocol.ts'
import type { PROCEDURES, ROOMS } from '../web/rights.ts'
import type { AppRouter } from './router.ts'

type Names<Branch> = {
  [Name in keyof Branch & string]: Branch[Name] extends { _def: { procedure: true } }
    ? Name
    : `${Name}.${Names<Branch[Name]>}`
}[keyof Branch & string]
type Procedure = Names<AppRouter['_def']['record']>

test('the table of rights names every procedure and every room, and none that is not there', () => {
  // Whoever adds a procedure says in src/web/rights.ts whose it is.
  expectTypeOf<Exclude<Procedure, keyof typeof PROCEDURES>>().toBeNever()
  expectTypeOf<Exclude<keyof typeof PROCEDURES, Procedure>>().toBeNever()
  expectTypeOf<keyof typeof ROOMS>().toEqualTypeOf<Room['room']>()
})
