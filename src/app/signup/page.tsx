import type { Metadata } from 'next'
import { SignUpForm } from '../../modules/accounts/ui/index.ts'
import { Link } from '../../web/components/link.tsx'
import { SlipPage } from '../../web/components/page-shell.tsx'
import { ROLE_WORDS } from '../../web/role-words.ts'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Create account', robots: 'noindex', referrer: 'no-referrer' }

type Asked = string | string[]

export default async function SignUpPage({ searchParams }: { searchParams: Promise<{ invitation?: Asked }> }) {
  const { session, settings, caller } = await request()
  const { invitation } = await searchParams
  const token = invitation === undefined ? null : String(invitation)
  const invited = token === null ? null : await caller.accounts.invitation({ token })
  return (
    <SlipPage
      visit={{ session, settings }}
      below={
        <p>
          Already here?{' '}
          <Link href="/login" className="text-accent underline underline-offset-4">
            Log in
          </Link>
        </p>
      }
    >
      <h1 className="text-2xl font-semibold tracking-tight">Create your account</h1>
      <div className="mt-2 mb-6 text-muted">
        {invited && <p>You are invited to join as {ROLE_WORDS[invited.role] ?? invited.role}.</p>}
        {token !== null && !invited && (
          <p>
            This invitation does not work any more. You can still create an account of your own, or ask for another.
          </p>
        )}
      </div>
      <SignUpForm {...(token !== null && invited && { invitation: { token, email: invited.email } })} />
    </SlipPage>
  )
}
