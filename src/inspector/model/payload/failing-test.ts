import type { PriorState } from '../prior-state.ts'
import type { LaneView, MessageDetail } from '../view.ts'
import { fixtureOf } from './payload-copies.ts'

type Delivered = Pick<MessageDetail, 'messageId' | 'kind' | 'name' | 'version' | 'key' | 'occurredAt'>
type Failed = Pick<LaneView, 'subscription' | 'state' | 'attempt' | 'maxAttempts' | 'lastError'>

/**
 * A delivery as a test that fails until its handler can do what it is asked: to be saved under `src/server`. It hands
 * the message to that handler alone, in a database where nothing else has happened than, for the handler of a process,
 * what had made its instance what it was.
 */
export function failingTestOf(
  message: Delivered,
  lane: Failed,
  body: unknown,
  before: PriorState | null = null,
): string {
  const said = lane.lastError ? ` It said: ${lane.lastError.split(LINE_END, 1)[0]}` : ''
  const fixture = fixtureOf(message, body).replaceAll('\n', '\n  ')
  return `import { expect, it } from 'vitest'
import { deliverAlone } from './testing/deliver-alone.ts'

/** Message ${message.messageId}, sent ${message.occurredAt}. */
const delivered = {
  subscription: ${JSON.stringify(lane.subscription)},
  message: ${fixture},${before ? processOf(before) : ''}
}

// ${lane.state}, attempt ${lane.attempt} of ${lane.maxAttempts}.${said}
it(${JSON.stringify(`${lane.subscription} handles ${message.name}`)}, async () => {
  expect(await deliverAlone(delivered)).toMatchObject({ state: 'succeeded', lastError: null })
})
`
}

function processOf(before: PriorState): string {
  const json = JSON.stringify(before, null, 2).replaceAll('\n', '\n  ')
  return `\n  // Where its instance was before.\n  process: ${json},`
}

/** All that ends a line of code: what follows one in somebody's text must not become code. */
const LINE_END = /[\n\r\u2028\u2029]/

/** Where it is to be saved. */
export function failingTestName({ subscription }: LaneView): string {
  return `${subscription.replaceAll('.', '-')}.int.test.ts`
}
