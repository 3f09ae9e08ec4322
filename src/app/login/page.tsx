import type { Metadata } from 'next'
import { LogInForm, PasskeyLogIn } from '../../modules/accounts/ui/index.ts'
import { Link } from '../../web/components/link.tsx'
import { SlipPage } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Log in', robots: 'noindex' }

export default async function LogInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { session, settings } = await request()
  const { next } = await searchParams
  return (
    <SlipPage
      visit={{ session, settings }}
      below={
        <>
          <p>
            <Link href="/forgot" className="text-accent underline underline-offset-4">
              Forgot your password?
            </Link>
          </p>
          <p>
            New here?{' '}
            <Link href="/signup" className="text-accent underline underline-offset-4">
              Create account
            </Link>
          </p>
        </>
      }
    >
      <h1 className="text-2xl font-semibold tracking-tight">Log in</h1>
      <div className="mt-2 mb-6 text-muted">
        {session ? (
          <p>
            You are logged in as <bdi>{session.user.name}</bdi>.{' '}
            <Link href="/welcome" className="text-accent underline underline-offset-4">
              Go on as you are
            </Link>
            , or log in as somebody else.
          </p>
        ) : (
          next !== undefined && <p>The page you asked for is only for those who are logged in. You go on to it.</p>
        )}
      </div>
      <LogInForm next={next} />
      <PasskeyLogIn next={next} />
    </SlipPage>
  )
}
