import type { Metadata } from 'next'
import { InspectorNav, OverviewPage } from '../../inspector/ui/index.ts'
import { PageShell } from '../../web/components/page-shell.tsx'
import { inspectorRequest } from './access.ts'
import { type Asked, rangeIn } from './asked-in.ts'
import { Closed } from './closed.tsx'

export const metadata: Metadata = { title: 'Overview', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<{ range?: Asked }> }) {
  const { visit, caller, rights, mayRead } = await inspectorRequest('/inspector')
  if (!mayRead) return <Closed visit={visit} />
  const range = rangeIn(await searchParams)
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector" />
      <OverviewPage initial={await caller.inspector.overview({ range })} range={range} mayAct={rights.act} />
    </PageShell>
  )
}
