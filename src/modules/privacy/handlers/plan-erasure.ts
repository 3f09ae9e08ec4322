import { type Subscription, subscribe } from '../../../bus/index.ts'
import { AccountDeleted } from '../../accounts/messages.ts'
import { ErasePerson } from '../messages.ts'
import { findLegalHoldDaysWithin } from '../store.ts'

const DAY_MS = 24 * 60 * 60_000

/** Erasure comes after the legal hold that is set now. It waits among what is scheduled, where an operator sees it. */
export const planErasure: Subscription = subscribe(
  AccountDeleted,
  'privacy.plan-erasure',
  {},
  async ({ userId }, { tx, envelope, send }) => {
    const { occurredAt } = envelope
    const days = await findLegalHoldDaysWithin(tx)
    const body = { userId, deletedAt: occurredAt.toISOString(), waited: 0 }
    send(ErasePerson, body, { at: new Date(occurredAt.getTime() + days * DAY_MS) })
  },
)
