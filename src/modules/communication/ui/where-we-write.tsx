import { Link } from '../../../web/components/link.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { Section } from '../../../web/components/section.tsx'
import type { Preferences } from '../preferences-router.ts'

/** The addresses of a person, and what is the matter with them. */
export function WhereWeWrite({ preferences }: { preferences: Preferences }) {
  const { email, phone, phoneConfirmed, emailProblem, phoneProblem } = preferences
  return (
    <Section title="Where we write" note="You change both in your profile.">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 [&_dt]:text-muted">
        <dt>E-mail</dt>
        <dd className="[overflow-wrap:anywhere]">{email}</dd>
        <dt>Phone</dt>
        <dd>{phone === null ? 'none' : phoneConfirmed ? phone : `${phone}, not confirmed yet`}</dd>
      </dl>
      <div className="mt-4 grid gap-3 empty:hidden">
        {emailProblem && (
          <Notice title="Our letters come back.">
            The mail server of your address said that nobody gets mail there ({emailProblem.answer}). We stopped writing
            to it. If it is right, ask for a new confirmation tomorrow; if not,{' '}
            <ToProfile>give us another address</ToProfile>. Once an address is confirmed, we write again.
          </Notice>
        )}
        {phoneProblem && (
          <Notice title="Our texts do not arrive.">
            The phone network does not take texts for your number ({phoneProblem.answer}).{' '}
            <ToProfile>Give us another number</ToProfile>, or confirm this one again.
          </Notice>
        )}
      </div>
    </Section>
  )
}

function ToProfile({ children }: { children: string }) {
  return (
    <Link href="/account" className="text-accent underline underline-offset-4">
      {children}
    </Link>
  )
}
