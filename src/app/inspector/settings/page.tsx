import type { Metadata } from 'next'
import { InspectorNav, SettingsPage } from '../../../inspector/ui/index.ts'
import { PasskeyDemand } from '../../../modules/accounts/ui/index.ts'
import { Erasures } from '../../../modules/privacy/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Settings', robots: 'noindex' }

export default async function Page() {
  const { visit, caller, rights, mayRead } = await inspectorRequest('/inspector/settings')
  if (!mayRead) return <Closed visit={visit} />
  const [{ legalHoldDays }, { receipts }, demand] = await Promise.all([
    caller.privacy.overview(),
    caller.privacy.receipts(),
    caller.accounts.passkeyDemand(),
  ])
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/settings" />
      <SettingsPage />
      <PasskeyDemand {...demand} mayAct={rights.act} />
      <Erasures legalHoldDays={legalHoldDays} receipts={receipts} mayAct={rights.act} />
    </PageShell>
  )
}
