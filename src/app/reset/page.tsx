import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ResetForm } from '../../modules/accounts/ui/index.ts'
import { SlipPage } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Choose a new password', robots: 'noindex', referrer: 'no-referrer' }

export default async function ResetPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { session, settings, caller } = await request()
  const token = String((await searchParams).token ?? '')
  // Letters that warn somebody lead here without a link of their own.
  if (!token) redirect('/forgot')
  const standing = await caller.accounts.password.canReset({ token })
  return (
    <SlipPage visit={{ session, settings }}>
      <ResetForm token={token} {...standing} />
    </SlipPage>
  )
}
