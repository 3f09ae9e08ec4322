import type { Metadata } from 'next'
import { InspectorNav, ProcessPage } from '../../../../../inspector/ui/index.ts'
import { PageShell } from '../../../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../../../access.ts'
import { Closed, NothingFound } from '../../../closed.tsx'

export const metadata: Metadata = { title: 'Process', robots: 'noindex' }

interface Props {
  params: Promise<{ name: string; key: string }>
}

export default async function Page({ params }: Props) {
  const { name, key } = await params
  const of = { name: decodeURIComponent(name), key: decodeURIComponent(key) }
  const { visit, caller, mayRead } = await inspectorRequest(`/inspector/processes/${name}/${key}`)
  if (!mayRead) return <Closed visit={visit} />
  const process = await caller.inspector.process(of)
  if (!process) return <NothingFound visit={visit} what="process" />
  return (
    <PageShell visit={visit} wide>
      <InspectorNav />
      <ProcessPage key={`${of.name} ${of.key}`} initial={process} />
    </PageShell>
  )
}
