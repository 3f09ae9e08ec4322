import type { Graph, GraphNode } from '../../model/topology/graph.ts'
import { STATUS_WORDS } from '../../model/topology/topology.ts'
import { NodeMark } from './node-mark.tsx'
import { RouteLine } from './route-line.tsx'

interface Props {
  graph: Graph
  onChoose(id: string): void
}

/** The same as the map, for those who would rather read, search and copy: one row for each route. */
export function TopologyTable({ graph, onChoose }: Props) {
  const nodes = new Map(graph.nodes.map((each) => [each.id, each]))
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label="Routes, as a table"
      className="min-h-0 flex-1 overflow-auto rounded-md border border-line bg-raised"
    >
      <table aria-label="Routes" className="w-full text-sm max-sm:block">
        <thead className="sticky top-0 bg-raised max-sm:hidden">
          <tr className="border-b border-line text-left text-xs text-muted">
            {['From', 'To', 'Route', 'Messages'].map((each) => (
              <th key={each} scope="col" className="px-4 py-2 font-medium last:text-right">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {graph.edges.map(({ id, from, to, status, count }) => (
            <tr
              key={id}
              className="border-b border-line last:border-0 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:py-1.5"
            >
              <End node={nodes.get(from)} onChoose={onChoose} />
              <End node={nodes.get(to)} onChoose={onChoose} />
              <td className="px-4 py-1.5 whitespace-nowrap max-sm:py-0.5">
                <span className="flex items-center gap-2 text-xs">
                  <RouteLine status={status} /> {STATUS_WORDS[status]}
                </span>
              </td>
              <td className="px-4 py-1.5 text-right font-mono text-xs">
                {count === 0 ? '–' : count.toLocaleString('en')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {graph.edges.length === 0 && <p className="px-4 py-3 text-sm text-muted">There is no route among these.</p>}
    </div>
  )
}

function End({ node, onChoose }: { node: GraphNode | undefined; onChoose(id: string): void }) {
  if (!node) return <td />
  return (
    <td className="px-4 py-1.5 max-sm:col-span-2 max-sm:py-0.5">
      <span className="flex items-center gap-2">
        <NodeMark kind={node.kind} />
        <button
          type="button"
          onClick={() => onChoose(node.id)}
          title={node.kind === 'module' ? 'Unfold' : 'Focus'}
          className="min-w-0 text-left font-mono text-xs [overflow-wrap:anywhere] underline-offset-4 hover:underline"
        >
          {node.name}
        </button>
        {!node.isKnown && <span className="text-xs text-muted">not in this build</span>}
      </span>
    </td>
  )
}
