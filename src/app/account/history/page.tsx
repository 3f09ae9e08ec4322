import type { Metadata } from 'next'
import { Section } from '../../../web/components/section.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'History', robots: 'noindex' }

export default async function HistoryPage() {
  const { visit } = await accountRequest('/account/history')
  return (
    <AccountShell visit={visit} title="History" lead="Everything that happened to your account.">
      <Section title="So far">
        <p>Your account was created.</p>
      </Section>
    </AccountShell>
  )
}
