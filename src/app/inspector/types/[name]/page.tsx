import type { Metadata } from 'next'
import { rangeIn } from '../../../../inspector/model/range.ts'
import { InspectorNav, TypePage } from '../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../access.ts'
import { Closed, NothingFound } from '../../closed.tsx'

export const metadata: Metadata = { title: 'Type', robots: 'noindex' }

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<{ range?: string | string[] }>
}

export default async function Page({ params, searchParams }: Props) {
  const name = decodeURIComponent((await params).name)
  const { visit, caller, mayRead } = await inspectorRequest(`/inspector/types/${encodeURIComponent(name)}`)
  if (!mayRead) return <Closed visit={visit} />
  const range = rangeIn((await searchParams).range)
  const detail = await caller.inspector.type({ name: name.slice(0, 200), range })
  if (!detail) return <NothingFound visit={visit} what="type" />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/types" />
      <TypePage key={name} initial={detail} range={range} />
    </PageShell>
  )
}
