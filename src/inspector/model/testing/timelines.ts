/** Conversations to build tests from. */
import fc from 'fast-check'
import type { DeliveryState } from '../../../bus/message.ts'
import type { Failure, Timeline, TimelineDelivery, TimelineMessage } from '../timeline/timeline.ts'

export function delivery(id: string, changes: Partial<TimelineDelivery> = {}): TimelineDelivery {
  return {
    id,
    messageId: 'm',
    subscription: `test.${id}`,
    position: 0,
    state: 'pending',
    attempt: 0,
    maxAttempts: 6,
    dueAt: 0,
    startedAt: null,
    settledAt: null,
    lastError: null,
    reason: null,
    parkedReason: null,
    revision: 0,
    failures: [],
    ...changes,
  }
}

export function message(
  id: string,
  deliveries: TimelineDelivery[] = [],
  changes: Partial<TimelineMessage> = {},
): TimelineMessage {
  return {
    id,
    kind: 'event',
    name: 'test.happened',
    version: 1,
    at: 0,
    causeId: null,
    causeDeliveryId: null,
    ...changes,
    deliveries: deliveries.map((each) => ({ ...each, messageId: id })),
  }
}

export function timeline(...messages: TimelineMessage[]): Timeline {
  return { conversationId: 'c', messages }
}

const SETTLED: readonly DeliveryState[] = ['succeeded', 'dead', 'discarded']

/** Conversations of any shape, in which every cause is earlier than what it caused; clocks may disagree. */
export const anyTimeline: fc.Arbitrary<Timeline> = fc
  .array(
    fc.record({
      gap: fc.nat(5_000),
      cause: fc.nat(),
      deliveries: fc.array(
        fc.record({
          wait: fc.integer({ min: -50, max: 2_000 }),
          failures: fc.array(fc.tuple(fc.nat(500), fc.nat(90_000)), { maxLength: 3 }),
          took: fc.nat(3_000),
          state: fc.constantFrom<DeliveryState>(
            'pending',
            'running',
            'retrying',
            'succeeded',
            'dead',
            'discarded',
            'skipped',
          ),
        }),
        { maxLength: 4 },
      ),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((seeds) => {
    const messages: TimelineMessage[] = []
    let at = 1_000_000
    for (const [index, seed] of seeds.entries()) {
      at += seed.gap
      const causes = messages.flatMap((each) => each.deliveries)
      const cause = causes.length > 0 ? causes[seed.cause % causes.length]! : null
      messages.push(
        message(
          `m${index}`,
          seed.deliveries.map((each, position) => seeded(`d${index}-${position}`, at, position, each)),
          { at, causeId: cause?.messageId ?? null, causeDeliveryId: cause?.id ?? null },
        ),
      )
    }
    return timeline(...messages)
  })

interface Seed {
  wait: number
  failures: [tookMs: number, backOffMs: number][]
  took: number
  state: DeliveryState
}

function seeded(id: string, at: number, position: number, { wait, failures, took, state }: Seed): TimelineDelivery {
  let time = at + wait
  const failed: Failure[] =
    state === 'pending' || state === 'skipped'
      ? []
      : failures.map(([tookMs, backOffMs], index) => {
          const failure = { number: index + 1, startedAt: time, finishedAt: time + tookMs }
          time += tookMs + backOffMs
          return failure
        })
  const isTried = state === 'running' || SETTLED.includes(state)
  return delivery(id, {
    position,
    state,
    dueAt: Math.max(at, time),
    attempt: failed.length + (isTried ? 1 : 0),
    failures: failed,
    startedAt: isTried ? time : (failed.at(-1)?.startedAt ?? null),
    settledAt: SETTLED.includes(state) ? time + took : state === 'skipped' ? at : null,
  })
}
