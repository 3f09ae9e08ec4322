import type { Metadata } from 'next'
import { PendingSignUp, WelcomeRoute } from '../../modules/accounts/ui/index.ts'
import { Barcode } from '../../web/components/barcode.tsx'
import { buttonLook } from '../../web/components/button.tsx'
import { Link } from '../../web/components/link.tsx'
import { PageShell, Slip } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Welcome', robots: 'noindex' }

export default async function WelcomePage() {
  const { session, settings, caller } = await request()
  const conversation = session ? await caller.inspector.myConversation({ id: session.user.signUpConversationId }) : null
  return (
    <PageShell visit={{ session, settings }}>
      <div className="mx-auto max-w-2xl py-8 sm:py-14">
        <Slip>
          {session ? (
            <>
              <div className="mb-8 flex items-end justify-between gap-4">
                <p className="font-mono text-xs leading-5 text-muted">
                  Waybill no.
                  <br />
                  <span className="text-ink">{session.user.signUpConversationId.slice(-12)}</span>
                </p>
                <Barcode id={session.user.signUpConversationId} height={36} />
              </div>
              <h1 className="text-3xl font-semibold tracking-tight [overflow-wrap:anywhere] sm:text-4xl">
                Welcome, <bdi>{session.user.name}</bdi>
              </h1>
              <p className="mt-2 text-lg text-muted">This is your sign-up, stop by stop.</p>
              <div className="tear -mx-6 my-8 sm:-mx-8" />
              {conversation && <WelcomeRoute conversation={conversation} />}
              <div className="mt-6 flex flex-wrap gap-3">
                {settings.mailbox && (
                  <Link
                    href="/mailbox"
                    className={buttonLook({ variant: session.user.emailConfirmed ? 'quiet' : 'primary' })}
                  >
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
