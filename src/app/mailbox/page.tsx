import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Mailbox } from '../../modules/communication/ui/index.ts'
import { Link } from '../../web/components/link.tsx'
import { PageShell } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Mailbox', robots: 'noindex' }

export default async function MailboxPage() {
  const { session, settings, caller } = await request()
  if (!settings.mailbox) notFound()
  const { items } = await caller.mailbox.list({ limit: 50 })
  return (
    <PageShell visit={{ session, settings }}>
      <div className="py-8">
        <h1 className="text-2xl font-semibold tracking-tight">Mailbox</h1>
        <p className="mt-1 mb-6 max-w-3xl text-muted">
          No mail server is configured, so Waybill runs its own. Everything it sends arrives here, and nowhere else.{' '}
          <Link href="/mailbox/gallery" className="text-accent underline underline-offset-4">
            See all letters
          </Link>
        </p>
        <Mailbox initial={items} />
      </div>
    </PageShell>
  )
}
