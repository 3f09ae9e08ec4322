import type { Metadata } from 'next'
import { Section } from '../../web/components/section.tsx'
import { accountRequest } from './access.ts'
import { AccountShell } from './shell.tsx'

export const metadata: Metadata = { title: 'Profile', robots: 'noindex' }

export default async function ProfilePage() {
  const { visit, session } = await accountRequest('/account')
  return (
    <AccountShell visit={visit} title="Profile" lead="How you are called here, and how we reach you.">
      <Section title="Name">
        <p className="[overflow-wrap:anywhere]">{session.user.name}</p>
      </Section>
      <Section title="Email">
        <p className="[overflow-wrap:anywhere]">{session.user.email}</p>
      </Section>
    </AccountShell>
  )
}
