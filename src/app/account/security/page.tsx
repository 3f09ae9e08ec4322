import type { Metadata } from 'next'
import { Section } from '../../../web/components/section.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'Security', robots: 'noindex' }

export default async function SecurityPage() {
  const { visit } = await accountRequest('/account/security')
  return (
    <AccountShell visit={visit} title="Security" lead="How you get in, and how nobody else does.">
      <Section title="Password">
        <p>You log in with your address and your password.</p>
      </Section>
    </AccountShell>
  )
}
