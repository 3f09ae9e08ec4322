import { redirect } from 'next/navigation'
import { mayOpen } from '../../web/rights.ts'
import { request } from '../request.ts'

/** Who asks for a page about themselves: strangers are sent to the log-in, and come back from there. */
export async function accountRequest(path: string) {
  const { session, caller, settings } = await request()
  if (!session || !mayOpen('/account', session.user.role)) redirect(`/login?next=${encodeURIComponent(path)}`)
  return { visit: { session, settings }, session, caller, settings }
}
