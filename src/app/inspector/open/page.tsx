import type { Metadata } from 'next'
import { InspectorNav, OpenPage } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Open a recording', robots: 'noindex' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function Page({ searchParams }: Props) {
  const { visit, mayRead } = await inspectorRequest('/inspector/open')
  if (!mayRead) return <Closed visit={visit} />
  const asked = Object.entries(await searchParams).filter(
    (each): each is [string, string] => typeof each[1] === 'string',
  )
  return (
    <PageShell visit={visit} wide filled>
      <InspectorNav />
      <OpenPage query={new URLSearchParams(asked).toString()} />
    </PageShell>
  )
}
