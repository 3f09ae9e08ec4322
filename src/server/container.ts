/**
 * Where Next's pages find the running node. Next evaluates its own copy of every module, so nothing but
 * `globalThis` is shared with it: this file has state there, and types only from the rest of the server.
 */
import type { RequestContext } from '../web/trpc/init.ts'
import type { AppCaller } from './router.ts'

export interface Container {
  /** What pages need to know of the settings. */
  settings: { mailbox: boolean; faults: boolean }
  /** Who asks, from the headers of a page request. Pages cannot set cookies. */
  contextOf(headers: Headers): Promise<RequestContext>
  callerOf(context: RequestContext): AppCaller
}

const KEY = Symbol.for('waybill.container')
const slot = globalThis as { [KEY]?: Container }

export function provideContainer(container: Container): void {
  slot[KEY] = container
}

/** @throws Error when Next was started without the server around it. */
export function container(): Container {
  const provided = slot[KEY]
  if (!provided)
    throw new Error('Start the app with `npm start` or `npm run dev`: `next` alone has no bus and no database.')
  return provided
}
