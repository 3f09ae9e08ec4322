import type { Metadata } from 'next'
import { AuditPage, InspectorNav } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Audit', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<{ of?: string | string[] }> }) {
  const { visit, caller, mayRead } = await inspectorRequest('/inspector/audit')
  if (!mayRead) return <Closed visit={visit} />
  const operatorsOnly = (await searchParams).of !== 'everything'
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/audit" />
      <AuditPage
        key={String(operatorsOnly)}
        initial={await caller.inspector.audit({ operatorsOnly })}
        operatorsOnly={operatorsOnly}
        userId={visit.session.user.userId}
      />
    </PageShell>
  )
}
