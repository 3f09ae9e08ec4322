'use client'
import { type ReactNode, useEffect, useMemo } from 'react'
import { formatMs } from '../../model/durations.ts'
import { changeTimes, stepFrom } from '../../model/timeline/playhead.ts'
import { boundsOf, isOpen, type Timeline } from '../../model/timeline/timeline.ts'
import { Minimap } from './minimap.tsx'
import { PlayBar } from './play-bar.tsx'
import { useAddress } from './use-address.ts'
import { useConversationKeys } from './use-conversation-keys.ts'
import { usePlayer } from './use-player.ts'
import { useWaterfall } from './use-waterfall.ts'
import { GraphPanel, SequencePanel, TablePanel, TreePanel } from './views.tsx'

interface Props {
  timeline: Timeline
  /** Whether it has more messages than are shown. */
  isTruncated: boolean
  now: number
  /** Its processes as they stood at the playhead. */
  processesAt(time: number | null): ReactNode
  /** The head of the page. */
  children: ReactNode
}

/** A conversation, in views that share one playhead. */
export function ConversationViews({ timeline, isTruncated, now, processesAt, children }: Props) {
  const [address, change] = useAddress()
  const { tree, rows, scale, axis, path } = useWaterfall(timeline, address, now)
  usePaintMark()
  const time = address.t === null ? null : scale.start + address.t
  const move = (to: number | null) => change({ t: to === null ? null : to - scale.start })
  const player = usePlayer(scale, time, move)
  const changes = useMemo(() => changeTimes(timeline, now), [timeline, now])
  const step = (direction: 1 | -1) => {
    const to = stepFrom(changes, time ?? Number.POSITIVE_INFINITY, direction)
    if (to !== null || direction === 1) move(to)
  }
  const shown = { timeline, rows, axis, now, time, address, change }
  useConversationKeys({ timeline, rows, axis, address, player, change, step })
  return (
    <div className="room room-filled flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">{children}</div>
      {isTruncated && <p className="text-sm">Only its first {timeline.messages.length} messages are shown.</p>}
      {processesAt(time)}
      <Minimap timeline={timeline} axis={axis} now={now} time={time} onZoom={(zoom) => change({ zoom })} />
      {address.view === 'tree' && <TreePanel {...shown} tree={tree} path={path} />}
      {address.view === 'sequence' && <SequencePanel {...shown} />}
      {address.view === 'graph' && <GraphPanel {...shown} />}
      {address.view === 'table' && <TablePanel {...shown} />}
      <PlayBar scale={scale} time={time} player={player} onMove={move} onStep={step} />
    </div>
  )
}

/** When the reader could see it first, for whoever measures. */
function usePaintMark(): void {
  useEffect(() => {
    requestAnimationFrame(() => setTimeout(() => performance.mark('conversation-painted')))
  }, [])
}

/** Which conversation it is, how long and how large. */
export function Title({ timeline, now }: Pick<Props, 'timeline' | 'now'>) {
  const { messages, conversationId } = timeline
  const { start, end } = useMemo(() => boundsOf(timeline, now), [timeline, now])
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Conversation</h1>
      <span className="font-mono text-xs break-all text-muted">{conversationId}</span>
      <p className="text-sm text-muted">
        {messages.length === 1 ? 'One message' : `${messages.length.toLocaleString('en')} messages`}{' '}
        {isOpen(timeline) ? 'so far, open for' : 'settled in'} {formatMs(end - start)}
      </p>
    </>
  )
}
