import type { Metadata } from 'next'
import { InspectorNav, OperationsPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Operations', robots: 'noindex' }

export default async function Page() {
  const { visit, caller, rights, mayRead } = await inspectorRequest('/inspector/operations')
  if (!mayRead) return <Closed visit={visit} />
  const { operations } = await caller.inspector.operations({ limit: 50 })
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/operations" />
      <OperationsPage initial={operations} mayAct={rights.act} />
    </PageShell>
  )
}
