import { buttonLook } from '../web/components/button.tsx'
import { Link } from '../web/components/link.tsx'
import { PageShell } from '../web/components/page-shell.tsx'
import { Stamp } from '../web/components/stamp.tsx'
import { request } from './request.ts'

export default async function NotFoundPage() {
  const { session, settings } = await request()
  return (
    <PageShell visit={{ session, settings }}>
      <div className="mx-auto grid max-w-md justify-items-start gap-4 py-16 sm:py-28">
        <div className="mb-3" aria-hidden="true">
          <Stamp tone="ink" note="404" tilt={-5}>
            Undeliverable
          </Stamp>
        </div>
        <h1 className="text-3xl font-semibold tracking-tight">Nothing is delivered here</h1>
        <p className="text-muted">The address leads nowhere. Perhaps it was mistyped, or what was here is gone.</p>
        <Link href="/" className={buttonLook({ variant: 'quiet' })}>
          To the start
        </Link>
      </div>
    </PageShell>
  )
}
