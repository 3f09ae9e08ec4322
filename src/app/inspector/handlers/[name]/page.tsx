import type { Metadata } from 'next'
import { rangeIn } from '../../../../inspector/model/range.ts'
import { HandlerPage, InspectorNav } from '../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../access.ts'
import { Closed, NothingFound } from '../../closed.tsx'

export const metadata: Metadata = { title: 'Handler', robots: 'noindex' }

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<{ range?: string | string[] }>
}

export default async function Page({ params, searchParams }: Props) {
  const name = decodeURIComponent((await params).name)
  const { visit, caller, rights, mayRead } = await inspectorRequest(`/inspector/handlers/${encodeURIComponent(name)}`)
  if (!mayRead) return <Closed visit={visit} />
  const range = rangeIn((await searchParams).range)
  const detail = await caller.inspector.handler({ name: name.slice(0, 200), range })
  if (!detail) return <NothingFound visit={visit} what="handler" />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/handlers" />
      <HandlerPage key={name} initial={detail} range={range} mayAct={rights.act} />
    </PageShell>
  )
}
