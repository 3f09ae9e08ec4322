import type { Metadata } from 'next'
import { InspectorNav, LivePage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Live', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const { visit, caller, mayRead } = await inspectorRequest('/inspector/live')
  if (!mayRead) return <Closed visit={visit} />
  const { rows } = await caller.inspector.page({ limit: 100 })
  const { q } = await searchParams
  return (
    <PageShell visit={visit} wide filled>
      <InspectorNav here="/inspector/live" />
      <LivePage initial={rows.toReversed()} query={typeof q === 'string' ? q : ''} />
    </PageShell>
  )
}
