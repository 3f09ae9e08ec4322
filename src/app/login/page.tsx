import type { Metadata } from 'next'
import { LogInForm, PasskeyLogIn } from '../../modules/accounts/ui/index.ts'
import { Link } from '../../web/components/link.tsx'
import { PageShell, Slip } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Log in', robots: 'noindex' }

export default async function LogInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { session, settings } = await request()
  const { next } = await searchParams
  return (
    <PageShell visit={{ session, settings }}>
      <div className="mx-auto max-w-md py-10 sm:py-16">
        <Slip>
          <h1 className="mb-6 text-2xl font-semibold tracking-tight">Log in</h1>
          <LogInForm next={next} />
          <PasskeyLogIn next={next} />
        </Slip>
        <p className="mt-5 text-center text-sm text-muted">
          <Link href="/forgot" className="text-accent underline underline-offset-4">
            Forgot your password?
          </Link>
        </p>
        <p className="mt-3 text-center text-sm text-muted">
          New here?{' '}
          <Link href="/signup" className="text-accent underline underline-offset-4">
            Create account
          </Link>
        </p>
      </div>
    </PageShell>
  )
}
