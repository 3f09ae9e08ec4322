import type { Metadata } from 'next'
import { Passkeys } from '../../../modules/accounts/ui/index.ts'
import { Section } from '../../../web/components/section.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'Security', robots: 'noindex' }

export default async function SecurityPage() {
  const { visit, caller } = await accountRequest('/account/security')
  const { passkeys } = await caller.accounts.passkeys()
  return (
    <AccountShell visit={visit} title="Security" lead="How you get in, and how nobody else does.">
      <Section title="Password">
        <p>You log in with your address and your password.</p>
      </Section>
      <Section
        title="Passkeys"
        note="A device of yours opens your account with its screen lock: nothing to remember, and nothing that a false site could ask you for. Your password goes on working."
      >
        <Passkeys initial={passkeys} />
      </Section>
    </AccountShell>
  )
}
