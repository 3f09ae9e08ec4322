import { X } from 'lucide-react'
import { Button } from '../../../web/components/button.tsx'
import { Link } from '../../../web/components/link.tsx'
import { DEPTHS, type MapAddress } from '../../model/topology/address.ts'
import type { Graph, GraphNode } from '../../model/topology/graph.ts'
import { NodeMark } from './node-mark.tsx'

interface Props {
  graph: Graph
  address: MapAddress
  change(change: Partial<MapAddress>): void
}

/** What is in the focus, how far one sees from it, and the way back to everything. */
export function FocusBar({ graph, address: { focus, depth }, change }: Props) {
  const node = graph.nodes.find((each) => each.id === focus)
  if (!node) return null
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 rounded-md border border-line bg-raised px-3 py-1.5 text-sm">
      <span className="flex min-w-0 items-center gap-2">
        <NodeMark kind={node.kind} />
        <span className="font-mono text-xs font-medium [overflow-wrap:anywhere]">{node.name}</span>
      </span>
      <NodeLink node={node} />
      <label className="flex items-center gap-2 text-xs text-muted">
        Steps
        <select
          value={depth}
          onChange={(event) => change({ depth: Number(event.target.value) })}
          className="h-7 rounded-md border border-field bg-raised px-1.5 text-sm text-ink"
        >
          {DEPTHS.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <span className="text-xs text-muted">{graph.nodes.length - 1} near it</span>
      <Button variant="quiet" size="small" className="ml-auto" onClick={() => change({ focus: null })}>
        <X size={14} aria-hidden="true" /> Show everything
      </Button>
    </div>
  )
}

/** Where a node has a page of its own. */
function NodeLink({ node: { kind, name } }: { node: GraphNode }) {
  if (kind === 'module') return null
  const place =
    kind === 'recurring' ? 'scheduled' : `${kind === 'handler' ? 'handlers' : 'types'}/${encodeURIComponent(name)}`
  return (
    <Link href={`/inspector/${place}`} className="text-accent underline-offset-4 hover:underline">
      {kind === 'recurring' ? 'Scheduled' : `Its ${kind === 'handler' ? 'health' : 'contract'}`}
    </Link>
  )
}
