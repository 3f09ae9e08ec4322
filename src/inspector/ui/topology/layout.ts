import { Graph as Dagre, layout } from '@dagrejs/dagre'
import type { GraphEdge, GraphNode } from '../../model/topology/graph.ts'

/** Of a node on the map, in pixels. */
export const NODE_WIDTH = 216
export const NODE_HEIGHT = 52

export interface Place {
  x: number
  y: number
}

export interface LayoutRequest {
  turn: number
  nodes: Pick<GraphNode, 'id'>[]
  edges: Pick<GraphEdge, 'from' | 'to'>[]
}

export interface LayoutAnswer {
  turn: number
  places: [id: string, place: Place][]
}

/** From left to right: who sends stands before what is sent, and that before who handles it. */
export function placesOf({ nodes, edges }: Pick<LayoutRequest, 'nodes' | 'edges'>): [id: string, place: Place][] {
  const graph = new Dagre()
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 72, marginx: 16, marginy: 16 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)
  return nodes.map(({ id }) => {
    const { x = 0, y = 0 } = graph.node(id) as Partial<Place>
    return [id, { x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }]
  })
}
