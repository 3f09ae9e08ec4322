import type { Metadata } from 'next'
import { ConversationPage, InspectorNav } from '../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../access.ts'
import { Closed, NothingFound } from '../../closed.tsx'

export const metadata: Metadata = { title: 'Conversation', robots: 'noindex' }

/** Characters of a conversation that come with the page; a longer one is read by the page itself. */
const MOST_EMBEDDED = 300_000

interface Props {
  params: Promise<{ conversation: string }>
}

export default async function Page({ params }: Props) {
  const { conversation: id } = await params
  const { visit, caller, mayRead } = await inspectorRequest(`/inspector/c/${id}`)
  if (!mayRead) return <Closed visit={visit} />
  const packed = await caller.inspector.timeline({ id })
  if (!packed) return <NothingFound visit={visit} what="conversation" />
  const processes = await caller.inspector.processesOf({ conversationId: id })
  return (
    <PageShell visit={visit} wide filled>
      <InspectorNav />
      <ConversationPage
        conversationId={id}
        packed={packed.length <= MOST_EMBEDDED ? packed : null}
        processes={processes}
      />
    </PageShell>
  )
}
