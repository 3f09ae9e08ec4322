'use client'
import '@xyflow/react/dist/base.css'
import {
  Controls,
  type EdgeTypes,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Viewport,
} from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import type { Graph } from '../../model/topology/graph.ts'
import { NODE_HEIGHT, NODE_WIDTH } from './layout.ts'
import { EdgeEnds, MapEdge, type MapEdgeType } from './map-edge.tsx'
import { MapNode, type MapNodeType } from './map-node.tsx'
import { type LaidOut, useLayout } from './use-layout.ts'

// Made once: new objects would make the map draw everything anew.
const NODE_TYPES: NodeTypes = { item: MapNode }
const EDGE_TYPES: EdgeTypes = { route: MapEdge }
const FIT = { padding: 0.08, maxZoom: 1 }
const NO_CREDITS = { hideAttribution: true }
/** Words at more edges than this would cover each other. */
const MOST_NAMED = 30

interface Props {
  graph: Graph
  focus: string | null
}

/** The map itself; it is loaded when somebody opens it, and laid out by a worker. */
export function TopologyMap(props: Props) {
  return (
    <ReactFlowProvider>
      <EdgeEnds />
      <Flow {...props} />
    </ReactFlowProvider>
  )
}

function Flow({ graph, focus }: Props) {
  const laidOut = useLayout(graph)
  const nodes = useNodes(graph, focus, laidOut)
  const edges = useEdges(graph)
  useFit(laidOut)
  return (
    <>
      {nodes.length === 0 && <p className="absolute inset-0 grid place-items-center text-sm text-muted">Laying out…</p>}
      <ReactFlow
        nodes={nodes}
        edges={nodes.length === 0 ? NONE : edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        onMove={tellDistance}
        minZoom={0.05}
        maxZoom={1.5}
        proOptions={NO_CREDITS}
        aria-label="Map of who sends what to whom"
        className="topology-flow"
      >
        <Controls showInteractive={false} position="bottom-right" />
      </ReactFlow>
    </>
  )
}

/** From so far away no name can be read: shapes alone are drawn, and move more easily. */
const FAR = 0.35

/** Past React: the map is not drawn anew for each step of a move. */
const tellDistance = (_: unknown, { zoom }: Viewport) =>
  document.querySelector('.topology-flow')?.toggleAttribute('data-far', zoom < FAR)

const NONE: MapEdgeType[] = []

/** Changes with the structure only: numbers reach the nodes past it. */
function useNodes({ nodes }: Graph, focus: string | null, laidOut: LaidOut | null): MapNodeType[] {
  const shape = JSON.stringify(nodes)
  return useMemo(() => {
    const all = JSON.parse(shape) as Graph['nodes']
    return all.flatMap((node): MapNodeType[] => {
      const position = laidOut?.places.get(node.id)
      if (!position) return []
      const data = { node, isFocus: node.id === focus }
      return [{ id: node.id, type: 'item', position, data, width: NODE_WIDTH, height: NODE_HEIGHT }]
    })
  }, [shape, focus, laidOut])
}

function useEdges({ edges }: Graph): MapEdgeType[] {
  const shape = JSON.stringify(edges.map(({ id, from, to, status }) => [id, from, to, status]))
  return useMemo(() => {
    const all = JSON.parse(shape) as [string, string, string, Graph['edges'][number]['status']][]
    return all.map(([id, source, target, status]): MapEdgeType => {
      const data = { status, isNamed: all.length <= MOST_NAMED }
      return { id, source, target, type: 'route', data }
    })
  }, [shape])
}

/** Another picture is shown as a whole; one that only changes stays where the reader has put it. */
function useFit(laidOut: LaidOut | null): void {
  const { fitView } = useReactFlow()
  const structure = laidOut?.structure
  useEffect(() => {
    if (structure === undefined) return
    const frame = requestAnimationFrame(() => void fitView(FIT))
    return () => cancelAnimationFrame(frame)
  }, [fitView, structure])
}
