import { SampleFanOut } from '../inspector/ui/index.ts'
import { buttonLook } from '../web/components/button.tsx'
import { KindMark } from '../web/components/kind-mark.tsx'
import { Link } from '../web/components/link.tsx'
import { PageShell } from '../web/components/page-shell.tsx'
import { StateGlyph } from '../web/components/state-glyph.tsx'
import { request } from './request.ts'

export default async function HomePage() {
  const { session, settings, caller } = await request()
  const sample = await caller.inspector.sample()
  return (
    <PageShell visit={{ session, settings }}>
      <div className="grid items-end gap-x-16 gap-y-6 pt-10 pb-8 sm:pt-16 sm:pb-12 lg:grid-cols-[7fr_5fr]">
        <h1 className="text-4xl leading-[1.05] font-semibold tracking-tight sm:text-6xl">
          Who does what when somebody signs up?
        </h1>
        <div>
          <p className="text-lg text-muted">
            Sign-up here runs over a durable bus of commands and events. Watch every message, each handler it fans out
            to, and the state of every delivery, as it happens.
          </p>
          <div className="mt-5 flex flex-wrap gap-3">
            <Link href={session ? '/welcome' : '/signup'} className={buttonLook()}>
              {session ? 'See your sign-up' : 'Create account'}
            </Link>
            {session && session.user.role !== 'member' && (
              <Link href="/inspector/live" className={buttonLook({ variant: 'quiet' })}>
                Open the inspector
              </Link>
            )}
          </div>
        </div>
      </div>
      <SampleFanOut initial={sample} />
      <dl className="grid gap-8 py-8 sm:grid-cols-3">
        <Term mark={<KindMark kind="command" />} term="A command asks">
          One handler performs it, once, and may refuse. <i>Create this user.</i>
        </Term>
        <Term mark={<KindMark kind="event" />} term="An event tells">
          Any number of subscribers react, each on its own. <i>An account was created.</i>
        </Term>
        <Term mark={<StateGlyph state="succeeded" />} term="A delivery arrives">
          One message on its way to one handler: retried when it fails, kept until it is settled.
        </Term>
      </dl>
    </PageShell>
  )
}

function Term({ mark, term, children }: { mark: React.ReactNode; term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="flex items-center gap-2 font-semibold">
        {mark}
        {term}
      </dt>
      <dd className="mt-1.5 max-w-sm text-muted">{children}</dd>
    </div>
  )
}
