'use client'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Moment } from '../../web/components/moment.tsx'
import { Notice } from '../../web/components/notice.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { formatMs } from '../model/durations.ts'
import type { NodeView } from '../model/node-view.ts'

const REFRESH_MS = 2_000
const COLUMNS = ['Node', 'State', 'Last heard', 'In flight', 'Role', 'Version', 'Started'] as const

/** Every process that shares this database: who lives, who leads, who went silent. */
export function NodesPage({ initial }: { initial: NodeView[] }) {
  const trpc = useTRPC()
  const { data: nodes, isError } = useQuery(
    trpc.inspector.nodes.queryOptions(undefined, { initialData: initial, refetchInterval: REFRESH_MS }),
  )
  const alive = nodes.filter((each) => each.state === 'alive').length
  return (
    <div className="room">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-5 gap-y-1">
        <h1 className="text-2xl font-semibold tracking-tight">Nodes</h1>
        <p className="text-sm text-muted">
          {alive === 1 ? '1 node is alive' : `${alive} nodes are alive`}. The leader does what only one must do; when it
          dies another takes over within 10 s.
        </p>
      </div>
      {isError && <Notice title="The nodes could not be read again">What you see is as of a while ago.</Notice>}
      <table aria-label="Nodes" className="w-full text-sm max-md:block">
        <thead className="max-md:hidden">
          <tr className="border-b border-line text-left text-muted">
            {COLUMNS.map((title) => (
              <th
                key={title}
                scope="col"
                className={clsx('py-2 pr-8 font-medium', title === 'In flight' && 'text-right')}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:grid max-md:gap-3">
          {nodes.map((node) => (
            <NodeRow key={node.id} node={node} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function NodeRow({ node }: { node: NodeView }) {
  return (
    <tr className="border-b border-line max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:rounded-md max-md:border max-md:bg-raised max-md:px-4 max-md:py-2">
      <th scope="row" className="py-2 pr-4 text-left font-normal max-md:col-span-2">
        <span className="font-mono break-all" title={node.id}>
          {node.host}
        </span>
        <span className="ml-2 text-xs text-muted">process {node.pid}</span>
        {node.leads && <span className="ml-2 rounded border border-line px-1.5 py-0.5 text-xs">leader</span>}
      </th>
      <Cell label="State">
        <StateOf state={node.state} />
      </Cell>
      <Cell label="Last heard">
        <Mono>{node.stoppedAt ? <Moment iso={node.stoppedAt} /> : `${formatMs(node.heartbeatAgeMs)} ago`}</Mono>
      </Cell>
      <Cell label="In flight" isNumber>
        <Mono>{node.state === 'alive' ? node.inFlight : '–'}</Mono>
      </Cell>
      <Cell label="Role">{node.role}</Cell>
      <Cell label="Version">
        <Mono>{node.version}</Mono>
      </Cell>
      <Cell label="Started">
        <Mono>
          <Moment iso={node.startedAt} />
        </Mono>
      </Cell>
    </tr>
  )
}

const STATES = {
  alive: { mark: '●', look: 'text-state-succeeded' },
  silent: { mark: '▲', look: 'text-state-dead' },
  stopped: { mark: '○', look: 'text-state-skipped' },
} as const

function StateOf({ state }: Pick<NodeView, 'state'>) {
  const { mark, look } = STATES[state]
  return (
    <span className={clsx('inline-flex items-center gap-1.5', state === 'silent' && 'font-medium')}>
      <span aria-hidden="true" className={clsx('text-xs', look)}>
        {mark}
      </span>
      {state}
    </span>
  )
}

interface CellProps {
  label: (typeof COLUMNS)[number]
  isNumber?: boolean
  children: ReactNode
}

/** On a phone the head of the table is away: each value says what it is. */
function Cell({ label, isNumber = false, children }: CellProps) {
  return (
    <td className={clsx('py-2 pr-8 max-md:py-1 max-md:pr-0', isNumber && 'md:text-right')}>
      <span className="mr-2 text-xs text-muted md:hidden">{label}</span>
      {children}
    </td>
  )
}

function Mono({ children }: { children: ReactNode }) {
  return <span className="font-mono text-xs whitespace-nowrap">{children}</span>
}
