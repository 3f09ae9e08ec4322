import type { Metadata } from 'next'
import { InspectorNav, LivePage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Live', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const { visit, caller, rights, mayRead } = await inspectorRequest('/inspector/live')
  if (!mayRead) return <Closed visit={visit} />
  const { q } = await searchParams
  const query = typeof q === 'string' ? q : ''
  // What fits a filter comes with the feed: how long that takes is no reason to wait for the page.
  const rows = query.trim() === '' ? (await caller.inspector.page({ limit: 100 })).rows : []
  return (
    <PageShell visit={visit} wide filled>
      <InspectorNav here="/inspector/live" />
      <LivePage initial={rows.toReversed()} query={query} mayAct={rights.act} />
    </PageShell>
  )
}
