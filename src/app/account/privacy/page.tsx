import type { Metadata } from 'next'
import { DeleteAccount, OwnData } from '../../../modules/privacy/ui/index.ts'
import { Section } from '../../../web/components/section.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'Privacy', robots: 'noindex' }

export default async function PrivacyPage() {
  const { visit, caller } = await accountRequest('/account/privacy')
  const { legalHoldDays, places } = await caller.privacy.overview()
  return (
    <AccountShell visit={visit} title="Privacy" lead="What is kept about you, and your rights over it.">
      <Section
        title="Your data"
        note="What is personal is stored encrypted, with a key of your own. The file holds all of it as you would read it, but for passwords and tokens."
      >
        <OwnData places={places} />
      </Section>
      <Section title="Delete your account" note="There is no way back.">
        <DeleteAccount legalHoldDays={legalHoldDays} />
      </Section>
    </AccountShell>
  )
}
