import { expect, it } from 'vitest'
import { BusError } from '../../bus/index.ts'
import { createCallerFactory, publicProcedure, type RequestContext, router } from './init.ts'

function anybody() {
  const tried: object[] = []
  const context: RequestContext = {
    session: null,
    cookies: { get: () => undefined, set: () => {}, clear: () => {} },
    userAgent: null,
    address: null,
    limits: { count: async () => {}, attempt: (_, look) => look() },
    onRefused: () => {},
    onTried: (each) => tried.push(each),
  }
  return { tried, context }
}

const app = router({
  accounts: router({
    logIn: publicProcedure.mutation(() => ({ outcome: 'wrong-credentials' as const })),
    logOut: publicProcedure.mutation(() => ({})),
    signUp: publicProcedure.mutation(() => {
      throw new Error('the text of this is for nobody')
    }),
    me: publicProcedure.query(() => null),
    confirmEmail: publicProcedure.mutation(() => {
      throw new BusError('reply-timeout', 'accounts.confirm-email was accepted, but not answered within 5000 ms.')
    }),
  }),
})

it('what becomes of each try to be let in is told, by its outcome alone', async () => {
  const { tried, context } = anybody()
  const { accounts } = createCallerFactory(app)(context)
  await accounts.logIn()
  await accounts.logOut()
  await accounts.signUp().catch(() => undefined)
  await accounts.me()
  expect(tried).toEqual([
    { procedure: 'accounts.logIn', outcome: 'wrong-credentials' },
    { procedure: 'accounts.logOut', outcome: 'done' },
    { procedure: 'accounts.signUp', outcome: 'INTERNAL_SERVER_ERROR' },
  ])
})

it('what was accepted and takes its time is no fault', async () => {
  const { context } = anybody()
  const asked = createCallerFactory(app)(context).accounts.confirmEmail()
  await expect(asked).rejects.toMatchObject({
    code: 'TIMEOUT',
    message: expect.stringContaining('goes on without you'),
  })
})
