import type { Metadata } from 'next'
import { InspectorNav, SettingsPage } from '../../../inspector/ui/index.ts'
import { PasskeyDemand } from '../../../modules/accounts/ui/index.ts'
import { Erasures } from '../../../modules/privacy/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { isGranted, PROCEDURES } from '../../../web/rights.ts'
import { inspectorRequest } from '../access.ts'
import { Closed } from '../closed.tsx'

export const metadata: Metadata = { title: 'Settings', robots: 'noindex' }

export default async function Page() {
  const { visit, mayRead, caller } = await inspectorRequest('/inspector/settings')
  if (!mayRead) return <Closed visit={visit} />
  const [{ legalHoldDays }, { receipts }, demand] = await Promise.all([
    caller.privacy.overview(),
    caller.privacy.receipts(),
    caller.accounts.passkeyDemand(),
  ])
  const mayAct = isGranted(PROCEDURES['privacy.setLegalHold'], visit.session?.user.role ?? null)
  return (
    <PageShell visit={visit} wide>
      <InspectorNav here="/inspector/settings" />
      <SettingsPage />
      <PasskeyDemand {...demand} mayAct={mayAct} />
      <Erasures legalHoldDays={legalHoldDays} receipts={receipts} mayAct={mayAct} />
    </PageShell>
  )
}
