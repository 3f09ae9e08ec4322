import type { Metadata } from 'next'
import { InspectorNav, NodesPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Nodes', robots: 'noindex' }

export default async function Page() {
  const { visit, caller, mayRead } = await inspectorRequest('/inspector/nodes')
  if (!mayRead) return <Closed visit={visit} />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/nodes" />
      <NodesPage initial={await caller.inspector.nodes()} />
    </PageShell>
  )
}
