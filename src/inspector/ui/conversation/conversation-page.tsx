'use client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '../../../web/components/link.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { SteppedProcess } from '../../model/process-view.ts'
import { Conversation } from './conversation.tsx'

interface Props {
  conversationId: string
  /** The conversation, where it is small enough to come with the page. */
  packed: string | null
  processes: SteppedProcess[]
}

/** Everything that one request set off. A large one is read while the page is already there. */
export function ConversationPage({ packed, ...rest }: Props) {
  return packed === null ? <LongConversation {...rest} /> : <Conversation {...rest} packed={packed} />
}

function LongConversation({ conversationId, ...rest }: Omit<Props, 'packed'>) {
  const trpc = useTRPC()
  const { data, error } = useQuery(
    trpc.inspector.timeline.queryOptions(
      { id: conversationId },
      { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, structuralSharing: false },
    ),
  )
  if (data) return <Conversation {...rest} packed={data} />
  return (
    <div className="room">
      <Link href="/inspector/live" className="text-sm text-muted underline-offset-4 hover:text-ink hover:underline">
        Live
      </Link>
      <h1 className="mt-5 text-2xl font-semibold tracking-tight">Conversation</h1>
      <p role="status" className="mt-2 text-sm text-muted">
        {error
          ? `It could not be read: ${error.message} Load the page again to try again.`
          : 'It is a long one. It is being read.'}
      </p>
    </div>
  )
}
