import { PasskeyNeeded } from '../modules/accounts/ui/index.ts'
import { PageShell } from '../web/components/page-shell.tsx'
import type { Visit } from '../web/components/site-header.tsx'
import type { Caller } from './request.ts'

interface WithPasskeyOnlyProps {
  visit: Visit
  caller: Caller
  /** Where to go with the passkey. */
  next: string
}

/** What operators and viewers see of a page that asks for a passkey while they are in with a password. */
export async function WithPasskeyOnly({ visit, caller, next }: WithPasskeyOnlyProps) {
  const { passkeys } = await caller.accounts.passkeys()
  return (
    <PageShell visit={visit}>
      <div className="mx-auto grid max-w-md gap-4 py-20">
        <h1 className="text-3xl font-semibold tracking-tight">Come in with a passkey</h1>
        <p className="text-muted">
          You are {visit.session?.user.roleByPasskey === 'operator' ? 'an operator' : 'a viewer'} here, and this Waybill
          asks operators and viewers for a passkey. You came in with your password alone: until you use a passkey you
          have what members have.
        </p>
        <PasskeyNeeded initial={passkeys} next={next} />
      </div>
    </PageShell>
  )
}
