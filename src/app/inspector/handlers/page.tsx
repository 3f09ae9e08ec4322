import type { Metadata } from 'next'
import { HandlersPage, InspectorNav } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Handlers', robots: 'noindex' }

export default async function Page() {
  const { visit, caller, rights, mayRead } = await inspectorRequest('/inspector/handlers')
  if (!mayRead) return <Closed visit={visit} />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/handlers" />
      <HandlersPage initial={await caller.inspector.handlers()} mayAct={rights.act} />
    </PageShell>
  )
}
