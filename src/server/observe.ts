import { type OutageEvent, recordError } from '../bus/index.ts'
import type { ChainedBatch } from '../modules/audit/index.ts'
import type { DispatcherEvent, NodeEvent } from '../runtime/index.ts'
import type { Logger } from './logger.ts'

export const SAME_LINE_EVERY_MS = 60_000
const AUDIT_END_EVERY_MS = 60 * 60_000

/** Writes what the dispatcher tells into the log: ids and states, never a body. */
export function logDispatcher(logger: Logger): (event: DispatcherEvent) => void {
  const mayComplain = atMostEvery(SAME_LINE_EVERY_MS)
  return (event) => {
    switch (event.event) {
      case 'attempt.ended':
        logAttempt(logger, event)
        return
      case 'leases.reaped':
        logger.warn({ count: event.count }, 'took back the leases of a node that went silent')
        return
      case 'deliveries.unparked':
        logger.info({ count: event.count }, 'this build can read what was parked: it is delivered')
        return
      case 'dispatcher.recovered':
        mayComplain.again()
        logger.info('the dispatcher reaches the database again')
        return
      case 'dispatcher.failed':
        if (!mayComplain.now()) return
        logger.error({ error: firstLine(event.error) }, 'the dispatcher could not look for work; it goes on trying')
    }
  }
}

/** A database that is away for an hour is worth a line a minute, not one for every try. */
export function atMostEvery(ms: number): { now(): boolean; again(): void } {
  let saidAt = Number.NEGATIVE_INFINITY
  return {
    now: () => {
      if (performance.now() - saidAt < ms) return false
      saidAt = performance.now()
      return true
    },
    again: () => {
      saidAt = Number.NEGATIVE_INFINITY
    },
  }
}

/** Writes into the log what a node does for all of them. */
export function logNode(logger: Logger): (event: NodeEvent) => void {
  return (event) => {
    switch (event.event) {
      case 'lead.taken':
        logger.info('this node does the singular jobs now')
        return
      case 'lead.lost':
        logger.info('this node does the singular jobs no more')
        return
      case 'history.purged':
        logger.info({ messages: event.messages, processes: event.processes }, 'removed history that was past its time')
        return
      case 'job.failed':
        logger.error({ job: event.job, error: firstLine(event.error) }, 'a singular job failed; it is tried again')
        return
      case 'heartbeat.failed':
        logger.debug({ error: firstLine(event.error) }, 'a heartbeat did not reach the database')
    }
  }
}

export function logOutage(logger: Logger): (event: OutageEvent) => void {
  return ({ event, subscription }) =>
    event === 'outage.began'
      ? logger.error({ subscription }, 'a handler fails without end: it is probed until it succeeds')
      : logger.info({ subscription }, 'a handler succeeds again: its outage is over')
}

/** How far the audit reaches, into a place that whoever owns the database may not own. */
export function logAuditChain(logger: Logger): (batch: ChainedBatch) => void {
  const mayNote = atMostEvery(AUDIT_END_EVERY_MS)
  const mayComplain = atMostEvery(AUDIT_END_EVERY_MS)
  return ({ head: { position, hash }, endProblem }) => {
    if (endProblem !== null) {
      if (mayComplain.now()) logger.error({ problem: endProblem }, 'the audit is not what it was: see verify-audit')
    } else if (position !== '0' && mayNote.now()) logger.info({ position, hash }, 'the audit reaches as far as this')
  }
}

function logAttempt(
  logger: Logger,
  { delivery, end, durationMs }: Extract<DispatcherEvent, { event: 'attempt.ended' }>,
) {
  const fields = {
    delivery: delivery.deliveryId,
    subscription: delivery.subscription,
    message: delivery.envelope.messageId,
    attempt: delivery.attempt,
    ms: Math.round(durationMs),
  }
  // The text of an error may hold what the message is about; the inspector shows it with those values struck out.
  if (end.end === 'dead') logger.error({ ...fields, error: end.error.name }, 'a delivery is dead')
  else if (end.end === 'discarded')
    logger.warn({ ...fields, error: end.error.name }, 'a rule of its handler discards a delivery')
  else if (end.end === 'retrying')
    logger.warn({ ...fields, error: end.error.name, retryInMs: end.delayMs }, 'an attempt failed')
  else if (end.end === 'parked') logger.warn({ ...fields, reason: end.reason }, 'parked: this build cannot read it')
  else logger.debug(fields, ENDED[end.end])
}

const ENDED = {
  succeeded: 'delivered',
  expired: 'too late to be handled',
  erased: 'about somebody who was erased',
  'lease-lost': 'lost its lease',
} as const

function firstLine(error: unknown): string {
  return recordError(error).message.split('\n', 1)[0] ?? ''
}
