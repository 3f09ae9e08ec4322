import type { Metadata } from 'next'
import { InspectorNav, TopologyPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { type Asked, rangeIn } from '../asked-in.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Topology', robots: 'noindex' }

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, Asked>> }) {
  const { visit, caller, mayRead } = await inspectorRequest('/inspector/topology')
  if (!mayRead) return <Closed visit={visit} />
  const asked = await searchParams
  const range = rangeIn(asked)
  const plain = Object.entries(asked).filter((each): each is [string, string] => typeof each[1] === 'string')
  return (
    <PageShell visit={visit} wide filled>
      <InspectorNav here="/inspector/topology" />
      <TopologyPage
        initial={await caller.inspector.topology({ range })}
        range={range}
        query={new URLSearchParams(plain).toString()}
      />
    </PageShell>
  )
}
