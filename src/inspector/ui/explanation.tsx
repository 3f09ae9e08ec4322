'use client'
import { Link } from '../../web/components/link.tsx'
import { explainMessage } from '../model/explain/explain-message.ts'
import { findUnusual } from '../model/explain/usual-shape.ts'
import type { MessageDetail } from '../model/view.ts'
import { useNow } from './use-now.ts'

/** How the message stands, in one sentence, and in what it differs from others of its type. */
export function Explanation({ message }: { message: MessageDetail }) {
  const { deliveries, occurredAt, usual } = message
  const now = useNow(deliveries.some((each) => each.settledAt === null)) ?? Date.parse(occurredAt)
  const unusual = findUnusual(usual, deliveries)
  return (
    <section aria-label="Explanation" className="mb-6 max-w-[80ch] border-l-2 border-line pl-4 text-sm">
      <p className="[overflow-wrap:anywhere]">{explainMessage(message, now)}</p>
      {unusual.map((each) => (
        <p key={each} className="mt-1 [overflow-wrap:anywhere] text-muted">
          <span className="font-medium text-ink">Unusual.</span> {each}
        </p>
      ))}
      <p className="mt-2">
        <Link
          href={`/inspector/compare?good=${message.messageId}&b=${message.conversationId}`}
          className="text-accent underline underline-offset-4"
        >
          Compare with the last good one of this type
        </Link>
      </p>
    </section>
  )
}
