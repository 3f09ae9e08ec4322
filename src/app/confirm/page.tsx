import type { Metadata } from 'next'
import { ConfirmEmail } from '../../modules/accounts/ui/index.ts'
import { SlipPage } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Confirm your address', robots: 'noindex', referrer: 'no-referrer' }

export default async function ConfirmPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { session, settings } = await request()
  const { token } = await searchParams
  return (
    <SlipPage visit={{ session, settings }}>
      <ConfirmEmail token={String(token ?? '')} />
    </SlipPage>
  )
}
