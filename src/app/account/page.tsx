import type { Metadata } from 'next'
import { EmailPart, NameForm, PhonePart } from '../../modules/accounts/ui/index.ts'
import { Section } from '../../web/components/section.tsx'
import { accountRequest } from './access.ts'
import { AccountShell } from './shell.tsx'

export const metadata: Metadata = { title: 'Profile', robots: 'noindex' }

export default async function ProfilePage() {
  const { visit, caller } = await accountRequest('/account')
  const profile = await caller.accounts.profile.get()
  return (
    <AccountShell visit={visit} title="Profile" lead="How you are called here, and how we reach you.">
      {profile && (
        <>
          <Section title="Name" note="In the greeting of our letters, and on your own pages.">
            <NameForm name={profile.name} />
          </Section>
          <Section title="Email" note="You log in with it, and we write to it.">
            <EmailPart profile={profile} />
          </Section>
          <Section title="Phone" note="For short texts, where you want them.">
            <PhonePart profile={profile} />
          </Section>
        </>
      )}
    </AccountShell>
  )
}
