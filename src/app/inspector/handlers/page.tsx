import type { Metadata } from 'next'
import { HandlersPage, InspectorNav } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { type Asked, findIn, rangeIn } from '../asked-in.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Handlers', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<{ range?: Asked; q?: Asked }> }) {
  const { visit, caller, rights, mayRead } = await inspectorRequest('/inspector/handlers')
  if (!mayRead) return <Closed visit={visit} />
  const query = await searchParams
  const range = rangeIn(query)
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/handlers" />
      <HandlersPage
        initial={await caller.inspector.handlers({ range })}
        range={range}
        query={findIn(query)}
        mayAct={rights.act}
      />
    </PageShell>
  )
}
