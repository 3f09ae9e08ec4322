import type { Metadata } from 'next'
import { rangeIn } from '../../../inspector/model/range.ts'
import { InspectorNav, TopologyPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Topology', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<{ range?: string | string[] }> }) {
  const { visit, caller, mayRead } = await inspectorRequest('/inspector/topology')
  if (!mayRead) return <Closed visit={visit} />
  const range = rangeIn((await searchParams).range)
  return (
    <PageShell visit={visit} wide filled>
      <InspectorNav here="/inspector/topology" />
      <TopologyPage initial={await caller.inspector.topology({ range })} range={range} />
    </PageShell>
  )
}
