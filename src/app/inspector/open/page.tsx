import type { Metadata } from 'next'
import { InspectorNav, OpenPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Open a recording', robots: 'noindex' }

export default async function Page() {
  const { visit, mayRead } = await inspectorRequest('/inspector/open')
  if (!mayRead) return <Closed visit={visit} />
  return (
    <PageShell visit={visit} wide filled>
      <InspectorNav />
      <OpenPage />
    </PageShell>
  )
}
