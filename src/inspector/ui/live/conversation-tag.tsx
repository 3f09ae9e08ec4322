import { Link } from '../../../web/components/link.tsx'

const TINTS = 12

/** The end of a conversation's id beside a colour of its own: rows of one conversation are seen to belong together. */
export function ConversationTag({ conversationId }: { conversationId: string }) {
  return (
    <Link
      href={`/inspector/c/${conversationId}`}
      prefetch={false}
      data-tag
      title={`Conversation ${conversationId}`}
      className="inline-flex items-center gap-1.5 text-muted underline-offset-4 hover:text-ink hover:underline"
    >
      <span
        aria-hidden="true"
        className="size-2 rounded-[2px]"
        style={{ background: `oklch(var(--tag-lightness) 0.12 ${hueOf(conversationId)})` }}
      />
      {conversationId.slice(-6)}
    </Link>
  )
}

/** The end of an id is random: it spreads evenly over the hues that can be told apart. */
function hueOf(conversationId: string): number {
  return (Number.parseInt(conversationId.slice(-4), 16) % TINTS) * (360 / TINTS)
}
