import type { Metadata } from 'next'
import { ConversationPage, InspectorNav } from '../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../access.ts'
import { Closed, NothingFound } from '../../closed.tsx'

export const metadata: Metadata = { title: 'Conversation', robots: 'noindex' }

export default async function Page({ params }: { params: Promise<{ conversation: string }> }) {
  const { conversation: id } = await params
  const { visit, caller, mayRead } = await inspectorRequest(`/inspector/c/${id}`)
  if (!mayRead) return <Closed visit={visit} />
  const conversation = await caller.inspector.conversation({ id })
  if (!conversation) return <NothingFound visit={visit} what="conversation" />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav />
      <ConversationPage initial={conversation} />
    </PageShell>
  )
}
