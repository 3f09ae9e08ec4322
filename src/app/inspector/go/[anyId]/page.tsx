import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { HitsPage, InspectorNav } from '../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../access.ts'
import { Closed } from '../../closed.tsx'

export const metadata: Metadata = { title: 'Go to', robots: 'noindex' }

const LONGEST = 500

export default async function Page({ params }: { params: Promise<{ anyId: string }> }) {
  const { anyId } = await params
  const text = decodeURIComponent(anyId).slice(0, LONGEST)
  const { visit, caller, mayRead } = await inspectorRequest(`/inspector/go/${encodeURIComponent(text)}`)
  if (!mayRead) return <Closed visit={visit} />
  const hits = await caller.inspector.go({ text })
  const [only] = hits
  if (only && hits.length === 1) redirect(only.href)
  return (
    <PageShell visit={visit} wide>
      <InspectorNav />
      <HitsPage text={text} hits={hits} />
    </PageShell>
  )
}
