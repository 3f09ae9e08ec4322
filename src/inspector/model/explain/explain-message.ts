import { formatMs, isScheduled } from '../durations.ts'
import { isFailing, worstFailing } from '../failing.ts'
import type { LaneView, MessageDetail } from '../view.ts'
import { explainDelivery } from './explain-delivery.ts'

type Explained = Pick<MessageDetail, 'kind' | 'occurredAt' | 'deliveries'>

/** How a message stands, in one sentence: what is wrong first, then what is not affected. */
export function explainMessage({ kind, occurredAt, deliveries }: Explained, now: number): string {
  const wanted = deliveries.filter((each) => each.state !== 'skipped')
  if (deliveries.length === 0) {
    return kind === 'command'
      ? 'No handler has taken it yet.'
      : 'Nobody had asked for this event when it was published: nothing follows from it, and nothing is lost.'
  }
  if (wanted.length === 0)
    return `${nobody(deliveries.length)} wanted it, and all of them for a reason that is told below.`
  const troubled = wanted.filter(isFailing)
  if (troubled.length > 0) return explainTrouble(wanted, troubled, now)
  const open = wanted.filter((each) => each.settledAt === null)
  return open.length > 0 ? explainOpen(wanted, open, now) : explainSettled(wanted, Date.parse(occurredAt))
}

function nobody(count: number): string {
  return count === 1 ? 'Its one handler has not' : `None of its ${count} handlers`
}

function explainTrouble(wanted: readonly LaneView[], troubled: readonly LaneView[], now: number): string {
  const worst = worstFailing(troubled)!
  const rest = troubled.length - 1
  const others = rest === 0 ? '' : ` ${rest === 1 ? 'One more handler is' : `${rest} more handlers are`} in trouble.`
  const fine = wanted.length - troubled.length
  const spared = fine === 0 ? '' : ` ${fine === 1 ? 'The other handler was' : `The other ${fine} were`} not affected.`
  return `${worst.subscription}: ${lower(explainDelivery(worst, now))}${others}${spared}`
}

function explainOpen(wanted: readonly LaneView[], open: readonly LaneView[], now: number): string {
  const scheduled = open.filter((each) => isScheduled(each, now))
  if (wanted.length === 1) return explainDelivery(wanted[0]!, now)
  if (scheduled.length === wanted.length) return explainDelivery(scheduled[0]!, now)
  const oldest = open.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0]!
  const done = wanted.length - open.length
  return `${done} of ${wanted.length} handlers are done; ${oldest.subscription}: ${lower(explainDelivery(oldest, now))}`
}

function explainSettled(wanted: readonly LaneView[], sentAt: number): string {
  const discarded = wanted.filter((each) => each.state === 'discarded').length
  const lasted = formatMs(Math.max(...wanted.map((each) => Date.parse(each.settledAt!))) - sentAt)
  if (discarded === wanted.length)
    return `${wanted.length === 1 ? 'It was' : 'All of it was'} discarded by hand or by a rule.`
  const gone = discarded > 0 ? `, and ${discarded} discarded` : ''
  if (wanted.length === 1) return `Its one handler was done ${lasted} after it was sent${gone}.`
  const last = wanted.toSorted((a, b) => Date.parse(b.settledAt!) - Date.parse(a.settledAt!))[0]!
  const number = wanted.length === 2 ? 'Both' : `All ${wanted.length}`
  const all =
    discarded > 0 ? `${wanted.length - discarded} of ${wanted.length} handlers were` : `${number} handlers were`
  return `${all} done ${lasted} after it was sent${gone}; the last of them was ${last.subscription}.`
}

/** A sentence that goes on after a colon. */
function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
