import type { Metadata } from 'next'
import { Section } from '../../../web/components/section.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'Privacy', robots: 'noindex' }

export default async function PrivacyPage() {
  const { visit } = await accountRequest('/account/privacy')
  return (
    <AccountShell visit={visit} title="Privacy" lead="What is kept about you, and your rights over it.">
      <Section title="Your data">
        <p>Everything that is kept about you belongs to your account.</p>
      </Section>
    </AccountShell>
  )
}
