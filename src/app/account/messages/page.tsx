import type { Metadata } from 'next'
import { Section } from '../../../web/components/section.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'Messages', robots: 'noindex' }

export default async function MessagesPage() {
  const { visit, session } = await accountRequest('/account/messages')
  return (
    <AccountShell visit={visit} title="Messages" lead="What we write to you, how, and when.">
      <Section title="Letters">
        <p>We write to {session.user.email}.</p>
      </Section>
    </AccountShell>
  )
}
