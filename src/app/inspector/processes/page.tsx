import type { Metadata } from 'next'
import { InspectorNav, ProcessesPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Processes', robots: 'noindex' }

const STATUSES = ['running', 'completed', 'failed'] as const

export default async function Page({ searchParams }: { searchParams: Promise<{ status?: string | string[] }> }) {
  const { visit, caller, mayRead } = await inspectorRequest('/inspector/processes')
  if (!mayRead) return <Closed visit={visit} />
  const asked = (await searchParams).status
  const status = STATUSES.find((each) => each === asked) ?? null
  const { rows } = await caller.inspector.processes({ status, limit: 100 })
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/processes" />
      <ProcessesPage key={status} initial={rows} status={status} />
    </PageShell>
  )
}
