import type { Metadata } from 'next'
import { InspectorNav, ScheduledPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Scheduled', robots: 'noindex' }

export default async function Page() {
  const { visit, caller, rights, mayRead } = await inspectorRequest('/inspector/scheduled')
  if (!mayRead) return <Closed visit={visit} />
  const [{ rows }, recurring] = await Promise.all([caller.inspector.scheduled({}), caller.inspector.recurring()])
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/scheduled" />
      <ScheduledPage initial={rows} recurring={recurring} mayAct={rights.act} />
    </PageShell>
  )
}
