import type { Metadata } from 'next'
import Link from 'next/link'
import { SignUpForm } from '../../modules/accounts/ui/index.ts'
import { PageShell, Slip } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Create account', robots: 'noindex' }

export default async function SignUpPage() {
  const { session, settings } = await request()
  return (
    <PageShell visit={{ session, settings }}>
      <div className="mx-auto max-w-md py-10 sm:py-16">
        <Slip>
          <h1 className="mb-6 text-2xl font-semibold tracking-tight">Create your account</h1>
          <SignUpForm />
        </Slip>
        <p className="mt-5 text-center text-sm text-muted">
          Already here?{' '}
          <Link href="/login" className="text-accent underline underline-offset-4">
            Log in
          </Link>
        </p>
      </div>
    </PageShell>
  )
}
