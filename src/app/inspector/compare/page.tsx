import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { AttemptsComparePage, CompareForm, ComparePage, InspectorNav } from '../../../inspector/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Compare', robots: 'noindex' }

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ATTEMPT = /^([0-9a-f-]{36})\.(\d{1,4})$/

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** `a` and `b` are conversations or attempts; with `good`, a message, A is looked for. */
export default async function Page({ searchParams }: Props) {
  const { visit, caller, mayRead } = await inspectorRequest('/inspector/compare')
  if (!mayRead) return <Closed visit={visit} />
  const query = await searchParams
  const read = (name: string) => (typeof query[name] === 'string' ? query[name].trim().toLowerCase() : '')
  const [a, b, good] = [read('a'), read('b'), read('good')]
  if (ID.test(good)) {
    const found = (await caller.inspector.comparables({ id: good })).find((each) => each.kind === 'last-good')
    if (found) redirect(`/inspector/compare?a=${found.conversationId}&b=${b}`)
  }
  const shell = (content: ReactNode) => (
    <PageShell visit={visit} wide filled>
      <InspectorNav />
      {content}
    </PageShell>
  )
  const form = (problem: string | null) => shell(<CompareForm a={a} b={b} problem={problem} />)
  if (ID.test(good)) return form('None of its type went well among the messages before it. Choose another.')
  if (a === '' || b === '') return form(null)
  const attempts = await Promise.all(
    [a, b].map(async (each) => {
      const [, deliveryId, number] = ATTEMPT.exec(each) ?? []
      return deliveryId && ID.test(deliveryId) ? caller.inspector.attempt({ deliveryId, number: Number(number) }) : null
    }),
  )
  const [one, other] = attempts
  if (one && other) return shell(<AttemptsComparePage a={one} b={other} />)
  const known = await Promise.all(
    [a, b].map(async (id) => ID.test(id) && (await caller.inspector.timeline({ id })) !== null),
  )
  if (!known[0]) return form('A is neither a conversation nor an attempt.')
  if (!known[1]) return form('B is neither a conversation nor an attempt.')
  return shell(<ComparePage a={a} b={b} />)
}
