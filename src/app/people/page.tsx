import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { InvitationList, InviteForm, PeopleList } from '../../modules/accounts/ui/index.ts'
import { LANGUAGES } from '../../modules/communication/ui/index.ts'
import { Button, buttonLook } from '../../web/components/button.tsx'
import { Link } from '../../web/components/link.tsx'
import { PageShell } from '../../web/components/page-shell.tsx'
import { Section } from '../../web/components/section.tsx'
import type { Visit } from '../../web/components/site-header.tsx'
import { mayOpen } from '../../web/rights.ts'
import { type Caller, request } from '../request.ts'
import { WithPasskeyOnly } from '../with-passkey-only.tsx'

export const metadata: Metadata = { title: 'People', robots: 'noindex' }

type Asked = string | string[]

export default async function PeoplePage({
  searchParams,
}: {
  searchParams: Promise<{ before?: Asked; email?: Asked }>
}) {
  const { session, settings, caller } = await request()
  if (!session) redirect('/login?next=/people')
  if (!mayOpen('/people', session.user.role)) return <Closed visit={{ session, settings }} caller={caller} />
  const { before, email } = await searchParams
  const sought = typeof email === 'string' ? email.trim().slice(0, 254) : ''
  const [{ people, next }, { invitations }, { locale }] = await Promise.all([
    sought ? found(caller, sought) : caller.accounts.people.list({ before: idIn(before) }),
    caller.accounts.people.invitations(),
    caller.communication.preferences(),
  ])
  return (
    <PageShell visit={{ session, settings }}>
      <div className="mx-auto max-w-5xl py-6 sm:py-10">
        <h1 className="text-3xl font-semibold tracking-tight">People</h1>
        <p className="mt-2 mb-8 max-w-2xl text-muted">
          Members see their own account. Viewers read the inspector as well. Operators act in it, and say here who may.
        </p>
        <Section title="Invite somebody" note="By a letter with a link, to an address that has no account yet.">
          <InviteForm languages={LANGUAGES} language={locale} />
        </Section>
        <Section title="Invited" note="Who has not followed the link yet.">
          <InvitationList invitations={invitations} />
        </Section>
        <section aria-label="Everybody" className="border-t border-line py-8">
          <form action="/people" role="search" className="mb-4 flex flex-wrap items-end gap-3">
            <label className="grid flex-1 basis-56 gap-1.5 text-sm font-medium sm:max-w-xs">
              Find by address
              <input
                type="email"
                name="email"
                defaultValue={sought}
                className="h-9 rounded-md border border-field bg-raised px-3 font-normal hover:border-ink"
              />
            </label>
            <Button type="submit" variant="quiet" size="small" className="h-9">
              Find
            </Button>
            {sought && (
              <Link href="/people" className="py-1.5 text-sm text-accent underline underline-offset-4">
                Show everybody
              </Link>
            )}
          </form>
          <PeopleList people={people} selfId={session.user.userId} />
          {next && (
            <Link href={`/people?before=${next}`} className={`${buttonLook({ variant: 'quiet', size: 'small' })} mt-4`}>
              Older accounts
            </Link>
          )}
        </section>
      </div>
    </PageShell>
  )
}

/** What everybody else sees instead. */
function Closed({ visit, caller }: { visit: Visit; caller: Caller }) {
  if (visit.session?.user.roleByPasskey) return <WithPasskeyOnly visit={visit} caller={caller} next="/people" />
  return (
    <PageShell visit={visit}>
      <div className="mx-auto grid max-w-md justify-items-start gap-4 py-20">
        <h1 className="text-3xl font-semibold tracking-tight">This page is for operators</h1>
        <p className="text-muted">It says who may do what here. Ask an operator if you should be one.</p>
        <Link href="/account" className={buttonLook({ variant: 'quiet' })}>
          To your account
        </Link>
      </div>
    </PageShell>
  )
}

async function found(caller: Caller, email: string) {
  const { person } = await caller.accounts.people.find({ email })
  return { people: person ? [person] : [], next: null }
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function idIn(asked: Asked | undefined): string | null {
  return typeof asked === 'string' && ID.test(asked) ? asked : null
}
