import type { Metadata } from 'next'
import { ForgotForm } from '../../modules/accounts/ui/index.ts'
import { Link } from '../../web/components/link.tsx'
import { PageShell, Slip } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Forgot your password', robots: 'noindex' }

export default async function ForgotPage() {
  const { session, settings } = await request()
  return (
    <PageShell visit={{ session, settings }}>
      <div className="mx-auto max-w-md py-10 sm:py-16">
        <Slip>
          <ForgotForm />
        </Slip>
        <p className="mt-5 text-center text-sm text-muted">
          Remembered it?{' '}
          <Link href="/login" className="text-accent underline underline-offset-4">
            Log in
          </Link>
        </p>
      </div>
    </PageShell>
  )
}
