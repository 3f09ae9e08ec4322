import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { WithPasskeyOnly } from '../../with-passkey-only.tsx'
import { inspectorRequest } from '../access.ts'

export const metadata: Metadata = { title: 'Come in with a passkey', robots: 'noindex' }

/** A page of its own: what it takes to ask for a passkey is not to come with every page of the inspector. */
export default async function Page() {
  const { visit, caller } = await inspectorRequest('/inspector/passkey')
  if (!visit.session?.user.roleByPasskey) redirect('/inspector')
  return <WithPasskeyOnly visit={visit} caller={caller} next="/inspector" />
}
