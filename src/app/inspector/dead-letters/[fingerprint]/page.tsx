import type { Metadata } from 'next'
import { DeadLetterGroupPage, InspectorNav } from '../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../access.ts'
import { Closed, NothingFound } from '../../closed.tsx'

export const metadata: Metadata = { title: 'Dead letters', robots: 'noindex' }

export default async function Page({ params }: { params: Promise<{ fingerprint: string }> }) {
  const { fingerprint } = await params
  const { visit, caller, rights, mayRead } = await inspectorRequest(`/inspector/dead-letters/${fingerprint}`)
  if (!mayRead) return <Closed visit={visit} />
  const group = await caller.inspector.deadLetterGroup({ fingerprint: fingerprint.slice(0, 64) })
  if (!group) return <NothingFound visit={visit} what="group of dead letters" />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/dead-letters" />
      <DeadLetterGroupPage initial={group} mayAct={rights.act} />
    </PageShell>
  )
}
