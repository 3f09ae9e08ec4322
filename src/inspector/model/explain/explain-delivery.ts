import { formatMs } from '../durations.ts'
import { untilWords } from '../scheduled-view.ts'
import type { LaneView } from '../view.ts'
import type { Ahead } from './circumstances.ts'

/** Why a delivery stands as it does, in one sentence. */
export function explainDelivery(lane: LaneView, now: number): string {
  switch (lane.state) {
    case 'skipped':
      return explainSkipped(lane)
    case 'discarded':
      return lane.attempt === 0
        ? `It was cancelled before anybody tried it: ${ended(lane.reason ?? 'no reason was given')}`
        : `It was discarded: ${ended(lane.reason ?? 'no reason was given')}`
    case 'succeeded':
      return explainSuccess(lane)
    case 'running':
      return explainRunning(lane, now)
    case 'dead':
      return explainDead(lane)
    case 'pending':
    case 'retrying':
      return explainWaiting(lane, now)
  }
}

function explainSkipped({ reason }: LaneView): string {
  if (!reason) return 'It was not handled: its handler did not want it.'
  return reason.startsWith('Expired') ? `It was not handled. ${ended(reason)}` : `It was not wanted: ${ended(reason)}`
}

function explainSuccess(lane: LaneView): string {
  const took = tookMs(lane)
  const failed = failures(lane)
  const words = took === null ? 'Handled' : `Handled in ${formatMs(took)}`
  const slow = took !== null && isUnusual(lane, took) ? `; usually it takes ${formatMs(lane.usual!.p50)}` : ''
  const after = failed > 0 ? ` at the ${ordinal(lane.attempt)} attempt, after it had failed ${times(failed)}` : ''
  return `${words}${after}${slow}.`
}

function explainRunning(lane: LaneView, now: number): string {
  const ms = lane.startedAt ? Math.max(0, now - Date.parse(lane.startedAt)) : null
  const since = ms === null ? '' : ` for ${formatMs(ms)}`
  const where = lane.node ? ` on ${lane.node}` : ''
  const slow = ms !== null && isUnusual(lane, ms) ? `; usually it takes ${formatMs(lane.usual!.p50)}` : ''
  const failed = failures(lane)
  const past = failed > 0 ? `; it failed ${times(failed)} before${because(lane)}` : ''
  return `It has been running${where}${since}, attempt ${lane.attempt} of ${lane.maxAttempts}${slow}${past}.`
}

function explainDead(lane: LaneView): string {
  const { attempt, maxAttempts, lastError, sharing, outage } = lane
  const how =
    attempt < maxAttempts
      ? `Given up at the ${ordinal(Math.max(1, attempt))} attempt, because its error is not one that passes`
      : `Given up after ${attempt === 1 ? 'one attempt' : `${attempt} attempts`}`
  const others =
    sharing && sharing.others > 0
      ? `; ${sharing.others}${sharing.isMore ? ' or more' : ''} ${sharing.others === 1 ? 'other shares' : 'others share'} this error since ${timeOf(sharing.since)}`
      : sharing
        ? '; no other shares this error'
        : ''
  const error = lastError ? `: ${quoted(lastError)}` : ''
  return `${how}${error}${others}${outage ? '; its handler fails without end' : ''}.`
}

/** From what stops it for longest to what stops it least. */
function explainWaiting(lane: LaneView, now: number): string {
  const { parkedReason, handlerKind, isPaused, ahead, outage, subscription } = lane
  const leftMs = Date.parse(lane.dueAt) - now
  const past = failures(lane) > 0 ? `It failed ${times(failures(lane))}${because(lane)}` : null
  const and = (words: string) => (past ? `${past}; ${words}` : capital(words))
  if (parkedReason) return and(`it is parked until a build can read it: ${ended(parkedReason)}`)
  if (handlerKind === null) return and('it waits for a build that has its handler: this one has not.')
  if (isPaused) return and(`it waits, because an operator has paused ${subscription}.`)
  if (outage)
    return and(
      `its handler has been failing without end since ${timeOf(outage.since)}: one delivery at a time is tried, and this one waits.`,
    )
  if (leftMs > 0) {
    return past
      ? `${past}; the ${ordinal(lane.attempt + 1)} of ${lane.maxAttempts} attempts is due ${untilWords(leftMs)}.`
      : `It is scheduled, and due ${untilWords(leftMs)}.`
  }
  if (ahead) return and(behind(ahead))
  return and(`it has been due for ${formatMs(-leftMs)}, and waits for its handler to have room.`)
}

function behind({ key, count, isMore, state }: Ahead): string {
  const others = count === 1 ? 'one other message' : `${count}${isMore ? ' or more' : ''} other messages`
  const first = {
    dead: 'is dead: retry or discard it',
    retrying: 'is tried again soon',
    running: 'is being handled',
    pending: 'waits',
  }
  return `it waits behind ${others} of the key “${key}”, of which the first ${first[state]}.`
}

/** Longer than nearly all of them, and so much longer that one would notice. */
export function isUnusual({ usual }: Pick<LaneView, 'usual'>, ms: number): boolean {
  return usual !== null && ms > usual.p95 * 1.5 && ms > usual.p50 * 3 && ms - usual.p50 >= 100
}

export function tookMs({ startedAt, settledAt }: Pick<LaneView, 'startedAt' | 'settledAt'>): number | null {
  return startedAt && settledAt ? Math.max(0, Date.parse(settledAt) - Date.parse(startedAt)) : null
}

/** Attempts that went wrong. */
function failures({ attempts, attempt, state }: LaneView): number {
  const known = attempts.filter((each) => each.outcome !== 'succeeded').length
  return state === 'retrying' ? Math.max(known, attempt) : known
}

function because({ lastError }: LaneView): string {
  return lastError ? ` with ${quoted(lastError)}` : ''
}

const MOST_LETTERS = 140

function bare(text: string): string {
  const line = text.split('\n', 1)[0]!.replace(/[.\s]+$/, '')
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS)}…` : line
}

/** Somebody else's words, set apart from the sentence around them. */
function quoted(text: string): string {
  return `“${bare(text)}”`
}

function ended(text: string): string {
  return `${bare(text)}.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']

function ordinal(number: number): string {
  return ORDINALS[number - 1] ?? `${number}th`
}

/** The clock time, in UTC: a sentence is copied into chats, and read elsewhere. */
function timeOf(iso: string): string {
  return `${iso.slice(11, 16)} UTC`
}
