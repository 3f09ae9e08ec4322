/** The part of the inspector's API with which one tries the bus. */
import type { Bus } from '../bus/index.ts'
import { RingBell } from '../modules/practice/messages.ts'
import { operatorProcedure } from '../web/trpc/init.ts'

export function practiceProcedures({ bus }: { bus: Bus }) {
  return {
    practise: operatorProcedure.mutation(async ({ ctx }) => {
      const { reply } = await bus.execute(RingBell, { actorId: ctx.session.user.userId })
      return reply
    }),
  }
}
