/** What of a message's page stands in its address: whoever gets the link sees the same. */

export const PAYLOAD_TABS = ['Payload', 'Differences', 'Raw', 'Metadata'] as const
export type PayloadTab = (typeof PAYLOAD_TABS)[number]

export interface MessageAddress {
  /** The delivery one is at; null where nobody chose one. */
  deliveryId: string | null
  /** Of that delivery. */
  attempt: number | null
  tab: PayloadTab
}

type Query = { [name: string]: string | string[] | undefined }

/** Reads an address; what cannot be read is as if nobody had chosen. */
export function messageAddressOf({ h, attempt, tab }: Query): MessageAddress {
  const deliveryId = typeof h === 'string' && h !== '' ? h : null
  return {
    deliveryId,
    attempt:
      deliveryId !== null && typeof attempt === 'string' && /^[1-9]\d{0,5}$/.test(attempt) ? Number(attempt) : null,
    tab: PAYLOAD_TABS.find((each) => each.toLowerCase() === tab) ?? 'Payload',
  }
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
