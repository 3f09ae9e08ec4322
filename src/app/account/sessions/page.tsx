import type { Metadata } from 'next'
import { Section } from '../../../web/components/section.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'Sessions', robots: 'noindex' }

export default async function SessionsPage() {
  const { visit } = await accountRequest('/account/sessions')
  return (
    <AccountShell visit={visit} title="Sessions" lead="Where you are logged in.">
      <Section title="This browser">
        <p>You are logged in here.</p>
      </Section>
    </AccountShell>
  )
}
