import type { Metadata } from 'next'
import { GROUPINGS } from '../../../inspector/model/dead-letters.ts'
import { DeadLettersPage, DiscardedPage, InspectorNav } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Dead letters', robots: 'noindex' }

type Asked = string | string[] | undefined

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ handler: Asked; error: Asked; by: Asked; status: Asked }>
}) {
  const { visit, caller, rights, mayRead } = await inspectorRequest('/inspector/dead-letters')
  if (!mayRead) return <Closed visit={visit} />
  const { handler, error, by: asked, status } = await searchParams
  const by = GROUPINGS.find((each) => each === asked) ?? 'failure'
  const filter = { subscription: wordsOf(handler), text: wordsOf(error) }
  if (status === 'discarded') {
    const discarded = await caller.inspector.discarded(filter)
    return (
      <PageShell visit={visit} wide>
        <InspectorNav here="/inspector/dead-letters" />
        <DiscardedPage key={JSON.stringify(filter)} initial={discarded} filter={filter} mayAct={rights.act} />
      </PageShell>
    )
  }
  const initial = await caller.inspector.deadLetters({ ...filter, by, limit: 50 })
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/dead-letters" />
      <DeadLettersPage
        key={JSON.stringify([filter, by])}
        initial={initial}
        filter={filter}
        by={by}
        mayAct={rights.act}
      />
    </PageShell>
  )
}

function wordsOf(asked: Asked): string | null {
  return (typeof asked === 'string' && asked.trim().slice(0, 200)) || null
}
