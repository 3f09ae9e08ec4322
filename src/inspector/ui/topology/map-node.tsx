'use client'
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import clsx from 'clsx'
import { memo, useContext } from 'react'
import { StateGlyph } from '../../../web/components/state-glyph.tsx'
import type { GraphNode } from '../../model/topology/graph.ts'
import type { NodeState } from '../../model/topology/live.ts'
import { moduleOf } from '../../model/topology/topology.ts'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import { MapContext, useNodeState } from './live-context.ts'
import { NodeMark } from './node-mark.tsx'

export type MapNodeType = Node<{ node: GraphNode; isFocus: boolean }, 'item'>

const KIND_WORDS = {
  command: 'command',
  event: 'event',
  handler: 'handler',
  recurring: 'recurring job',
  module: 'folded module',
}

/** One type, handler, job or folded module. What changes it reads by itself, so that the map need not. */
export const MapNode = memo(function MapNode({ data: { node, isFocus } }: NodeProps<MapNodeType>) {
  const { onChoose, titleOf } = useContext(MapContext)
  const state = useNodeState(node.id)
  const lights = useLights()
  const isLit = node.kind === 'handler' ? lights?.handler(node.name) : lights?.type(node.name)
  const words = [state?.words, node.isKnown ? undefined : 'not in this build'].filter(Boolean).join(', ')
  // The name begins with what is seen, so that whoever speaks it to the computer is understood.
  const title = node.kind === 'module' ? node.name : node.name.slice(node.name.indexOf('.') + 1)
  const module = node.kind === 'module' ? '' : `${moduleOf(node.name)} · `
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className="map-handle" />
      <button
        type="button"
        onClick={() => onChoose(node.id)}
        aria-label={`${title} ${module}${words}, ${KIND_WORDS[node.kind]}`}
        aria-pressed={isFocus}
        title={titleOf(node.name)}
        className="map-node"
        data-kind={node.kind}
        data-tone={state?.tone}
        data-gone={node.isKnown ? undefined : ''}
        {...lit(isLit)}
      >
        <NodeMark kind={node.kind} />
        <span className="min-w-0 flex-1">
          <span className={clsx('block truncate text-sm', node.kind === 'module' ? 'font-semibold' : 'font-medium')}>
            {/* The space is for those who are read the two lines as one. */}
            {title}{' '}
          </span>
          <span className="flex items-center gap-1 text-xs whitespace-nowrap text-muted tabular-nums">
            {module && <span className="min-w-0 truncate">{module}</span>}
            <Tone state={state} />
            {words}
          </span>
        </span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} className="map-handle" />
    </>
  )
})

function Tone({ state }: { state: NodeState | undefined }) {
  if (state?.tone === 'dead' || state?.tone === 'retrying') return <StateGlyph state={state.tone} size={12} />
  return null
}
