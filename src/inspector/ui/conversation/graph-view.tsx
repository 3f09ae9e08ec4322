'use client'
import clsx from 'clsx'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { type CauseGraph, type GraphNode, graphMove } from '../../model/timeline/cause-graph.ts'
import { cutMiddle } from '../../model/timeline/sequence-drawing.ts'
import { useTitleOf } from '../use-title-of.ts'
import { GraphCard } from './graph-card.tsx'
import { useOpenMessage } from './message-link.tsx'
import { type Box, useBoxInView } from './use-box-in-view.ts'

export const CARD = { width: 232, height: 48, columnPx: 368, rowPx: 64, edge: 16 } as const

interface Props {
  graph: CauseGraph
  /** Where the playhead is; null at the present. */
  time: number | null
  selected: string | null
  onSelect(id: string): void
}

/** What caused what: each message stands at the right of its cause. Only what is in view is drawn. */
export function GraphView({ graph, time, selected, onSelect }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const openMessage = useOpenMessage()
  const titleOf = useTitleOf()
  const box = useBoxInView(scroller)
  const index = selected === null ? -1 : graph.nodes.findIndex((each) => isOf(each, selected))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' && index >= 0) openMessage(graph.nodes[index]!.message.id)
    const to = graphMove(event.key, graph, index)
    if (to === null || !graph.nodes[to]) return
    event.preventDefault()
    onSelect(graph.nodes[to].message.id)
    reveal(scroller.current, graph.nodes[to])
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever comes by a link, or by a key, sees what it names
  useEffect(() => reveal(scroller.current, graph.nodes[index]), [selected])
  const inView = graph.nodes.map((_, at) => at).filter((at) => isInView(graph, at, box))
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Causes"
      aria-activedescendant={index >= 0 ? cardId(graph.nodes[index]!) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="min-h-80 flex-1 overflow-auto overscroll-contain rounded-md border border-line bg-raised"
    >
      <div
        role="group"
        className="relative"
        style={{
          width: graph.columns * CARD.columnPx - (CARD.columnPx - CARD.width) + 2 * CARD.edge,
          height: graph.rows * CARD.rowPx + CARD.edge,
        }}
      >
        <svg width="100%" height="100%" aria-hidden="true" className="absolute inset-0 font-mono text-[0.6875rem]">
          {inView.map((at) => (
            <Way key={graph.nodes[at]!.message.id} graph={graph} node={graph.nodes[at]!} time={time} />
          ))}
        </svg>
        {inView
          .map((at) => graph.nodes[at]!)
          .map((each) => (
            <GraphCard
              key={each.message.id}
              id={cardId(each)}
              node={each}
              title={titleOf(each.message.name)}
              time={time}
              isSelected={selected !== null && isOf(each, selected)}
              style={placeOf(each)}
              onSelect={onSelect}
            />
          ))}
      </div>
    </div>
  )
}

/** Within it a line reaches its height; the rest of it carries the name. */
const BEND_PX = 36

/** From a cause to what it caused, with the name of the handler that sent it. */
function Way({ graph, node, time }: { graph: CauseGraph; node: GraphNode; time: number | null }) {
  if (node.parent === null) return null
  const [from, to] = [placeOf(graph.nodes[node.parent]!), placeOf(node)]
  const [x1, y1] = [from.left + CARD.width, from.top + CARD.height / 2]
  const [x2, y2] = [to.left, to.top + CARD.height / 2]
  const bend = x1 + BEND_PX
  const middle = (x1 + bend) / 2
  const isLater = time !== null && time < node.message.at
  return (
    <g className={clsx(isLater && 'opacity-35')}>
      <path
        d={`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${bend} ${y2}H${x2}`}
        fill="none"
        className="stroke-muted"
        strokeWidth="1.5"
        strokeDasharray={node.message.kind === 'event' ? '5 4' : undefined}
      />
      {node.by && (
        <text
          x={x2 - 6}
          y={y2 - 6}
          textAnchor="end"
          className="fill-muted stroke-raised"
          strokeWidth="3"
          paintOrder="stroke"
        >
          <title>{node.by}</title>
          {cutMiddle(node.by.slice(node.by.indexOf('.') + 1), 14)}
        </text>
      )}
    </g>
  )
}

function placeOf({ column, row }: GraphNode) {
  return { left: CARD.edge + column * CARD.columnPx, top: CARD.edge + row * CARD.rowPx }
}

function isOf({ message }: GraphNode, id: string): boolean {
  return message.id === id || message.deliveries.some((each) => each.id === id)
}

function cardId({ message }: GraphNode): string {
  return `cause-${message.id}`
}

/** A card is drawn when any of it, or of the line that leads to it, may be in view. */
function isInView({ nodes }: CauseGraph, index: number, box: Box): boolean {
  const node = nodes[index]!
  const { left, top } = placeOf(node)
  const from = node.parent === null ? top : placeOf(nodes[node.parent]!).top
  const [high, low] = [Math.min(top, from), Math.max(top, from) + CARD.height]
  return left + CARD.width >= box.left && left - CARD.columnPx <= box.right && low >= box.top && high <= box.bottom
}

function reveal(scroller: HTMLElement | null, node: GraphNode | undefined): void {
  if (!scroller || !node) return
  const { left, top } = placeOf(node)
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller
  if (left < scrollLeft || left + CARD.width > scrollLeft + clientWidth) scroller.scrollLeft = left - CARD.edge
  if (top < scrollTop || top + CARD.height > scrollTop + clientHeight) scroller.scrollTop = top - clientHeight / 2
}
