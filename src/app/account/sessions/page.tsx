import type { Metadata } from 'next'
import { SessionList } from '../../../modules/accounts/ui/index.ts'
import { Section } from '../../../web/components/section.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'Sessions', robots: 'noindex' }

export default async function SessionsPage() {
  const { visit, caller } = await accountRequest('/account/sessions')
  const { sessions } = await caller.accounts.sessions.list()
  return (
    <AccountShell visit={visit} title="Sessions" lead="Where you are logged in.">
      <Section title="Browsers" note="One that you do not know? Log it out, and change your password.">
        <SessionList sessions={sessions} />
      </Section>
    </AccountShell>
  )
}
