import type { Clock, Recurring, RecurringStore, Registry } from '../../bus/index.ts'
import type { RecurringView } from '../model/scheduled-view.ts'

const NEXT = 3

interface Parts {
  registry: Registry
  recurring: RecurringStore
  nextDueTimes(recurring: Recurring, after: Date, count: number): Date[]
  clock: Clock
}

/** What this build sends again and again, with the times that come next. */
export async function findRecurring({ registry, recurring, nextDueTimes, clock }: Parts): Promise<RecurringView[]> {
  const states = await recurring.findAll()
  return registry.recurring.map((each) => {
    const state = states.get(each.name)
    return {
      name: each.name,
      cron: each.cron,
      timeZone: each.timeZone,
      message: each.message.name,
      next: nextDueTimes(each, clock.now(), NEXT).map((due) => due.toISOString()),
      last: state?.lastMessageId ? { dueAt: state.lastDueAt.toISOString(), messageId: state.lastMessageId } : null,
    }
  })
}
