/**
 * The states of a delivery and how it moves between them. CHECK constraints of the `deliveries` table mirror it.
 *
 * ```
 * pending ──claimed──▶ running ──succeeded──▶ succeeded
 *  │   ▲               │  ▲ ├─expired──▶ skipped, as by erased
 *  │   │               │  │ ├─dropped──▶ discarded
 *  │   │        failed │  │ └─gave-up──▶ dead ──discarded──▶ discarded
 *  │   │               ▼  │              │ ▲                   │ ▲ │
 *  │   │              retrying ◀─revived─┘ └──────restored─────┘ │ │
 *  │   └───────────────────────────────────────reinstated────────│─┘
 *  └───────────────────────────────────────────cancelled─────────┘
 * ```
 * What was discarded goes back where it came from: a delivery that was never tried is pending again and due at its
 * time, every other is dead again. `released` is a first attempt that was fetched and never started, because its node
 * went silent, `parked` one whose message this build cannot read, `dropped` one that a rule of its handler discards.
 * `erased` is one whose person was erased: nobody can read it any more. `skipped` is also written at publish time, when the subscription's filter did not want the message.
 */
export const DELIVERY_STATES = ['pending', 'running', 'retrying', 'succeeded', 'dead', 'discarded', 'skipped'] as const

export type DeliveryState = (typeof DELIVERY_STATES)[number]

export const DELIVERY_EVENTS = [
  'claimed',
  'released',
  'parked',
  'succeeded',
  'failed',
  'gave-up',
  'expired',
  'erased',
  'dropped',
  'revived',
  'discarded',
  'restored',
  'cancelled',
  'reinstated',
] as const

export type DeliveryEvent = (typeof DELIVERY_EVENTS)[number]

const TRANSITIONS: Record<DeliveryState, Partial<Record<DeliveryEvent, DeliveryState>>> = {
  pending: { claimed: 'running', cancelled: 'discarded' },
  running: {
    released: 'pending',
    parked: 'pending',
    succeeded: 'succeeded',
    failed: 'retrying',
    'gave-up': 'dead',
    expired: 'skipped',
    erased: 'skipped',
    dropped: 'discarded',
  },
  retrying: { claimed: 'running' },
  succeeded: {},
  dead: { revived: 'retrying', discarded: 'discarded' },
  discarded: { restored: 'dead', reinstated: 'pending' },
  skipped: {},
}

/** The state after `event`, or `null` when a delivery in `from` does not take it. */
export function transition(from: DeliveryState, event: DeliveryEvent): DeliveryState | null {
  return TRANSITIONS[from][event] ?? null
}

/** Whether nothing more happens to a delivery by itself. */
export function isSettled(state: DeliveryState): boolean {
  return state !== 'pending' && state !== 'running' && state !== 'retrying'
}
