import type { Metadata } from 'next'
import { rangeIn } from '../../../inspector/model/range.ts'
import { InspectorNav, TypesPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Types', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<{ range?: string | string[] }> }) {
  const { visit, caller, mayRead } = await inspectorRequest('/inspector/types')
  if (!mayRead) return <Closed visit={visit} />
  const range = rangeIn((await searchParams).range)
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/types" />
      <TypesPage initial={await caller.inspector.types({ range })} range={range} />
    </PageShell>
  )
}
