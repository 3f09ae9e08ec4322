'use client'
import { useQuery } from '@tanstack/react-query'
import { Notice } from '../../web/components/notice.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { HandlerView } from '../model/handler-view.ts'
import { HandlerRow } from './handler-row.tsx'
import { useHandlerActions } from './use-handler-actions.ts'

const REFRESH_MS = 2_000
const COLUMNS = ['Handler', 'Message', 'State', 'At once', 'Rate', 'Waiting', 'In flight', 'Dead', 'Actions'] as const
const NUMBERS: readonly string[] = ['Waiting', 'In flight', 'Dead']

/** Every handler of this build: how it runs, what waits for it, and what operators set about it. */
export function HandlersPage({ initial, mayAct }: { initial: HandlerView[]; mayAct: boolean }) {
  const trpc = useTRPC()
  const { data: handlers, isError } = useQuery(
    trpc.inspector.handlers.queryOptions(undefined, { initialData: initial, refetchInterval: REFRESH_MS }),
  )
  const actions = useHandlerActions()
  const paused = handlers.filter((each) => each.isPaused).length
  return (
    <div className="room">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-5 gap-y-1">
        <h1 className="text-2xl font-semibold tracking-tight">Handlers</h1>
        <p className="text-sm text-muted">
          {paused === 0 ? 'All running' : `${paused} paused`}. What is set here holds on all nodes within a second.
        </p>
      </div>
      {isError && <Notice title="The handlers could not be read again">What you see is as of a while ago.</Notice>}
      <table aria-label="Handlers" className="w-full text-sm max-lg:block">
        <thead className="max-lg:hidden">
          <tr className="border-b border-line text-left text-muted">
            {COLUMNS.map((title) => (
              <th
                key={title}
                scope="col"
                className={`py-2 pr-4 font-medium ${NUMBERS.includes(title) && 'text-right'}`}
              >
                {title === 'Actions' ? <span className="sr-only">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-lg:grid max-lg:gap-3">
          {handlers.map((handler) => (
            <HandlerRow key={handler.subscription} handler={handler} mayAct={mayAct} actions={actions} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
