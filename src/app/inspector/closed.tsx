import { redirect } from 'next/navigation'
import { buttonLook } from '../../web/components/button.tsx'
import { Link } from '../../web/components/link.tsx'
import { PageShell } from '../../web/components/page-shell.tsx'
import type { Visit } from '../../web/components/site-header.tsx'

/** What a member sees instead of the inspector; who is to come in with a passkey is led to where that is done. */
export function Closed({ visit }: { visit: Visit }) {
  if (visit.session?.user.roleByPasskey) redirect('/inspector/passkey')
  return (
    <PageShell visit={visit}>
      <div className="mx-auto grid max-w-md justify-items-start gap-4 py-20">
        <h1 className="text-3xl font-semibold tracking-tight">The inspector is for operators</h1>
        <p className="text-muted">
          It shows what happens to everybody. Your own sign-up is on your welcome page. If you should be an operator,
          ask whoever runs this Waybill to add your address to{' '}
          <code className="font-mono text-sm">OPERATOR_EMAILS</code>.
        </p>
        <Link href="/welcome" className={buttonLook({ variant: 'quiet' })}>
          To your welcome page
        </Link>
      </div>
    </PageShell>
  )
}

type Sought = 'message' | 'conversation' | 'process' | 'operation' | 'group of dead letters' | 'handler' | 'type'

/** What an id that leads nowhere shows. */
export function NothingFound({ visit, what }: { visit: Visit; what: Sought }) {
  return (
    <PageShell visit={visit}>
      <div className="mx-auto grid max-w-md justify-items-start gap-4 py-20">
        <h1 className="text-3xl font-semibold tracking-tight">No such {what}</h1>
        <p className="text-muted">The id in the address belongs to no {what}. Perhaps a part of it is missing.</p>
        <Link href="/inspector/live" className={buttonLook({ variant: 'quiet' })}>
          To the live list
        </Link>
      </div>
    </PageShell>
  )
}
