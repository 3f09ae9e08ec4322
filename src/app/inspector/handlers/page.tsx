import type { Metadata } from 'next'
import { rangeIn } from '../../../inspector/model/range.ts'
import { HandlersPage, InspectorNav } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Handlers', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<{ range?: string | string[] }> }) {
  const { visit, caller, rights, mayRead } = await inspectorRequest('/inspector/handlers')
  if (!mayRead) return <Closed visit={visit} />
  const range = rangeIn((await searchParams).range)
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/handlers" />
      <HandlersPage initial={await caller.inspector.handlers({ range })} range={range} mayAct={rights.act} />
    </PageShell>
  )
}
