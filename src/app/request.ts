import 'server-only'
import { headers } from 'next/headers'
import { container } from '../server/container.ts'

/** What a page needs of the running node: who asks, the API as that person, and the settings that pages show. */
export async function request() {
  // Before the container: this tells Next that the page cannot be rendered at build time, when nothing runs.
  const asked = await headers()
  const { settings, contextOf, callerOf } = container()
  const context = await contextOf(asked)
  return { session: context.session, caller: callerOf(context), settings }
}

/** The API as whoever asks for the page. */
export type Caller = Awaited<ReturnType<typeof request>>['caller']
