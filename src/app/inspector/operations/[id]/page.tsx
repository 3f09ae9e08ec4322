import type { Metadata } from 'next'
import { InspectorNav, OperationPage } from '../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../access.ts'
import { Closed, NothingFound } from '../../closed.tsx'

export const metadata: Metadata = { title: 'Operation', robots: 'noindex' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { visit, caller, rights, mayRead } = await inspectorRequest(`/inspector/operations/${id}`)
  if (!mayRead) return <Closed visit={visit} />
  const operation = await caller.inspector.operation({ id })
  if (!operation) return <NothingFound visit={visit} what="operation" />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/operations" />
      <OperationPage key={operation.operationId} initial={operation} mayAct={rights.act} />
    </PageShell>
  )
}
