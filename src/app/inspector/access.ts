import { redirect } from 'next/navigation'
import { isGranted, mayOpen } from '../../web/rights.ts'
import { request } from '../request.ts'

/** Who asks for a page of the inspector: strangers are sent to the log-in, and `mayRead` is false for members. */
export async function inspectorRequest(path: string) {
  const { session, caller, settings } = await request()
  if (!session) redirect(`/login?next=${encodeURIComponent(path)}`)
  const { role } = session.user
  const rights = { act: isGranted('operator', role), faults: settings.faults }
  return { visit: { session, settings }, caller, rights, mayRead: mayOpen('/inspector', role) }
}
