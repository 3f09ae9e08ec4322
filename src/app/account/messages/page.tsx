import type { Metadata } from 'next'
import { PreferencesForm, WhereWeWrite } from '../../../modules/communication/ui/index.ts'
import { accountRequest } from '../access.ts'
import { AccountShell } from '../shell.tsx'

export const metadata: Metadata = { title: 'Messages', robots: 'noindex' }

export default async function MessagesPage() {
  const { visit, caller } = await accountRequest('/account/messages')
  const [preferences, timeZones] = await Promise.all([
    caller.communication.preferences(),
    caller.communication.timeZones(),
  ])
  return (
    <AccountShell visit={visit} title="Messages" lead="What we write to you, how, and when.">
      <WhereWeWrite preferences={preferences} />
      <PreferencesForm initial={preferences} timeZones={timeZones} />
    </AccountShell>
  )
}
