import type { Metadata } from 'next'
import Link from 'next/link'
import { PendingSignUp, WelcomeRoute } from '../../modules/accounts/ui/index.ts'
import { buttonLook } from '../../web/components/button.tsx'
import { PageShell, Slip } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Welcome', robots: 'noindex' }

export default async function WelcomePage() {
  const { session, settings, caller } = await request()
  const conversation = session ? await caller.inspector.myConversation({ id: session.user.signUpConversationId }) : null
  return (
    <PageShell visit={{ session, settings }}>
      <div className="mx-auto max-w-xl py-10 sm:py-16">
        <Slip>
          {session ? (
            <>
              <h1 className="mb-2 text-3xl font-semibold tracking-tight break-words">Welcome, {session.user.name}</h1>
              <p className="mb-8 text-muted">This is your sign-up, stop by stop.</p>
              {conversation && <WelcomeRoute conversation={conversation} />}
              <div className="mt-6 flex flex-wrap gap-3">
                {settings.mailbox && (
                  <Link href="/mailbox" className={buttonLook({ variant: 'quiet' })}>
                    Open the mailbox
                  </Link>
                )}
                {session.user.role !== 'member' && (
                  <Link
                    href={`/inspector/c/${session.user.signUpConversationId}`}
                    className={buttonLook({ variant: 'quiet' })}
                  >
                    See it in the inspector
                  </Link>
                )}
              </div>
            </>
          ) : (
            <PendingSignUp />
          )}
        </Slip>
      </div>
    </PageShell>
  )
}
