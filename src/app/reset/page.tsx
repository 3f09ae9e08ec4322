import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ResetForm } from '../../modules/accounts/ui/index.ts'
import { PageShell, Slip } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Choose a new password', robots: 'noindex', referrer: 'no-referrer' }

const MAX_TOKEN = 200

export default async function ResetPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { session, settings, caller } = await request()
  const token = String((await searchParams).token ?? '')
  // Letters that warn somebody lead here without a link of their own.
  if (!token) redirect('/forgot')
  const standing =
    token.length > MAX_TOKEN ? { canReset: false, passkeys: 0 } : await caller.accounts.password.canReset({ token })
  return (
    <PageShell visit={{ session, settings }}>
      <div className="mx-auto max-w-md py-10 sm:py-16">
        <Slip>
          <ResetForm token={token} {...standing} />
        </Slip>
      </div>
    </PageShell>
  )
}
