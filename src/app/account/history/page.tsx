import type { Metadata } from 'next'
import { History } from '../../../modules/audit/ui/index.ts'
import { buttonLook } from '../../../web/components/button.tsx'
import { Link } from '../../../web/components/link.tsx'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'History', robots: 'noindex' }

type Asked = string | string[]

export default async function HistoryPage({ searchParams }: { searchParams: Promise<{ before?: Asked }> }) {
  const { visit, caller } = await accountRequest('/account/history')
  const before = cursorIn((await searchParams).before)
  const { items, next } = await caller.history.mine({ before })
  return (
    <AccountShell visit={visit} title="History" lead="Everything that happened to your account, newest first.">
      <History items={items} />
      <nav aria-label="Pages of the history" className="mt-6 flex flex-wrap gap-3">
        {before && (
          <Link href="/account/history" className={buttonLook({ variant: 'quiet', size: 'small' })}>
            Newest
          </Link>
        )}
        {next && (
          <Link
            href={`/account/history?before=${encodeURIComponent(`${next.at} ${next.id}`)}`}
            className={buttonLook({ variant: 'quiet', size: 'small' })}
          >
            Older
          </Link>
        )}
      </nav>
    </AccountShell>
  )
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Where the page before this one ended; the newest page for whatever else stands in the address. */
function cursorIn(asked: Asked | undefined): { at: string; id: string } | null {
  const [, at = '', id = ''] = CURSOR.exec(String(asked ?? '')) ?? []
  return at && !Number.isNaN(Date.parse(at)) ? { at, id } : null
}
