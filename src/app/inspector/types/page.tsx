import type { Metadata } from 'next'
import { InspectorNav, TypesPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { type Asked, findIn, rangeIn } from '../asked-in.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Types', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<{ range?: Asked; q?: Asked }> }) {
  const { visit, caller, mayRead } = await inspectorRequest('/inspector/types')
  if (!mayRead) return <Closed visit={visit} />
  const query = await searchParams
  const range = rangeIn(query)
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/types" />
      <TypesPage initial={await caller.inspector.types({ range })} range={range} query={findIn(query)} />
    </PageShell>
  )
}
