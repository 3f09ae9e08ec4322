import type { Metadata } from 'next'
import { InspectorNav, SettingsPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Settings', robots: 'noindex' }

export default async function Page() {
  const { visit, mayRead } = await inspectorRequest('/inspector/settings')
  if (!mayRead) return <Closed visit={visit} />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/settings" />
      <SettingsPage />
    </PageShell>
  )
}
