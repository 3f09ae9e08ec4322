import type { Metadata } from 'next'
import { InspectorNav, KeyPage } from '../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../access.ts'
import { Closed } from '../../closed.tsx'

export const metadata: Metadata = { title: 'Follow a key', robots: 'noindex' }

const LONGEST = 500

export default async function Page({ params }: { params: Promise<{ key: string }> }) {
  const key = decodeURIComponent((await params).key).slice(0, LONGEST)
  const { visit, caller, mayRead } = await inspectorRequest(`/inspector/key/${encodeURIComponent(key)}`)
  if (!mayRead) return <Closed visit={visit} />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav />
      <KeyPage key={key} initial={await caller.inspector.key({ key })} />
    </PageShell>
  )
}
