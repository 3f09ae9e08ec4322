import type { Metadata } from 'next'
import { InspectorNav, MessagePage } from '../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../access.ts'
import { Closed, NothingFound } from '../../closed.tsx'

export const metadata: Metadata = { title: 'Message', robots: 'noindex' }

interface Props {
  params: Promise<{ id: string }>
}

export default async function Page({ params }: Props) {
  const { id } = await params
  const { visit, caller, rights, mayRead } = await inspectorRequest(`/inspector/m/${id}`)
  if (!mayRead) return <Closed visit={visit} />
  const message = await caller.inspector.message({ id })
  if (!message) return <NothingFound visit={visit} what="message" />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav />
      <MessagePage key={message.messageId} initial={message} rights={rights} />
    </PageShell>
  )
}
