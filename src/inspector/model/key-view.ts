import type { DeliveryState } from '../../bus/message.ts'
import type { ProcessRow } from './process-view.ts'
import { rollUp } from './roll-up.ts'
import type { MessageRow } from './view.ts'

/** Everything that one key touched: a person, an order, or whatever messages were sent with. */
export interface KeyView {
  key: string
  /** Whether it is the id of somebody with an account. */
  isPerson: boolean
  /** Newest first. */
  messages: MessageRow[]
  /** There are older ones. */
  isCut: boolean
  processes: ProcessRow[]
}

/** How it stands: the most urgent state of its deliveries, and a sentence. Of a cut key it is at least so much. */
export function standingOf({ messages, isCut }: Pick<KeyView, 'messages' | 'isCut'>): {
  worst: DeliveryState | null
  words: string
} {
  const states = messages.flatMap((each) => each.deliveries.map(({ state }) => state))
  const worst = rollUp(states)
  const isCalm = worst === null || worst === 'succeeded' || worst === 'skipped'
  const parts = [
    messages.length === 1 ? 'one message' : `${messages.length} messages`,
    states.length === 1 ? 'one delivery' : `${states.length} deliveries`,
    ...(isCalm ? [] : [`${states.filter((each) => each === worst).length} ${worst}`]),
  ].map((each) => (isCut ? `at least ${each}` : each))
  const calm = isCut ? 'none of the newest in trouble' : 'none in trouble'
  const words = [...parts, ...(isCalm ? [calm] : [])].join(', ')
  return { worst, words: words[0]!.toUpperCase() + words.slice(1) }
}
