/** What of a message's page stands in its address: whoever gets the link sees the same. */

export const PAYLOAD_TABS = ['Payload', 'Headers', 'Metadata', 'Raw', 'Diff'] as const
export type PayloadTab = (typeof PAYLOAD_TABS)[number]

/** Links that people have kept are older than the names of today. */
const FORMER_NAMES: Readonly<Record<string, PayloadTab>> = { differences: 'Diff' }

export interface MessageAddress {
  /** The delivery one is at; null where nobody chose one. */
  deliveryId: string | null
  /** Of that delivery. */
  attempt: number | null
  tab: PayloadTab
}

/** Reads an address; what cannot be read is as if nobody had chosen. */
export function readMessageAddress(query: URLSearchParams): MessageAddress {
  const deliveryId = query.get('h') || null
  const attempt = query.get('attempt') ?? ''
  return {
    deliveryId,
    attempt: deliveryId !== null && /^[1-9]\d{0,5}$/.test(attempt) ? Number(attempt) : null,
    tab: tabOf(query.get('tab')),
  }
}

function tabOf(tab: string | null): PayloadTab {
  if (tab === null) return 'Payload'
  const known = PAYLOAD_TABS.find((each) => each.toLowerCase() === tab)
  return known ?? (Object.hasOwn(FORMER_NAMES, tab) ? FORMER_NAMES[tab]! : 'Payload')
}

/** As an address has it; what nobody chose leaves no trace. */
export function writeMessageAddress({ deliveryId, attempt, tab }: MessageAddress) {
  return {
    h: deliveryId,
    attempt: deliveryId === null || attempt === null ? null : String(attempt),
    tab: tab === 'Payload' ? null : tab.toLowerCase(),
  }
}

/** An exact attempt of a delivery. */
export function attemptPath(of: { messageId: string; deliveryId: string; number: number }): string {
  return `/inspector/m/${of.messageId}?h=${of.deliveryId}&attempt=${of.number}`
}
