import type { Metadata } from 'next'
import { ChangePasswordForm, Passkeys } from '../../../modules/accounts/ui/index.ts'
import { DateTime } from '../../../web/components/date-time.tsx'
import { Section } from '../../../web/components/section.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'Security', robots: 'noindex' }

export default async function SecurityPage() {
  const { visit, session, caller } = await accountRequest('/account/security')
  const [{ passkeys }, { changedAt }] = await Promise.all([
    caller.accounts.passkeys(),
    caller.accounts.password.changedAt(),
  ])
  const { name, email } = session.user
  return (
    <AccountShell visit={visit} title="Security" lead="How you get in, and how nobody else does.">
      <Section
        title="Password"
        note={
          <>
            A new one logs you out everywhere else.{' '}
            {changedAt && (
              <>
                Changed last on <DateTime iso={changedAt} />.
              </>
            )}
          </>
        }
      >
        <ChangePasswordForm email={email} known={[name, email]} />
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
