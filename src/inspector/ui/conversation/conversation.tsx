'use client'
import Link from 'next/link'
import { useEffect, useMemo } from 'react'
import { formatMs } from '../../model/durations.ts'
import type { SteppedProcess } from '../../model/process-view.ts'
import { changeTimes, stepFrom } from '../../model/timeline/playhead.ts'
import { isOpen, type Timeline } from '../../model/timeline/timeline.ts'
import { ConnectionWord } from '../connection-word.tsx'
import { WayBack } from '../way-back.tsx'
import { Minimap } from './minimap.tsx'
import { PlayBar } from './play-bar.tsx'
import { ProcessHeader } from './process-header.tsx'
import { useAddress } from './use-address.ts'
import { useConversationKeys } from './use-conversation-keys.ts'
import { usePlayer } from './use-player.ts'
import { useTimeline } from './use-timeline.ts'
import { useWaterfall } from './use-waterfall.ts'
import { GraphPanel, SequencePanel, TablePanel, TreePanel } from './views.tsx'

interface Props {
  packed: string
  processes: SteppedProcess[]
  query: string
}

/** A conversation, in views that share one playhead. */
export function Conversation({ packed, processes, query }: Props) {
  const { timeline, connection, isTruncated, now } = useTimeline(packed)
  const [address, change] = useAddress(query)
  const { rows, scale, axis, path } = useWaterfall(timeline, address, now)
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
      <Head timeline={timeline} connection={connection} spanMs={scale.end - scale.start} />
      {isTruncated && <p className="text-sm">Only its first {timeline.messages.length} messages are shown.</p>}
      <ProcessHeader initial={processes} timeline={timeline} time={time} />
      <Minimap timeline={timeline} axis={axis} now={now} time={time} onZoom={(zoom) => change({ zoom })} />
      {address.view === 'tree' && <TreePanel {...shown} path={path} />}
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

interface HeadProps {
  timeline: Timeline
  connection: Parameters<typeof ConnectionWord>[0]['connection']
  spanMs: number
}

function Head({ timeline, connection, spanMs }: HeadProps) {
  const { messages, conversationId } = timeline
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <WayBack href="/inspector/live" to="Live" className="w-full" />
      <h1 className="text-2xl font-semibold tracking-tight">Conversation</h1>
      <span className="font-mono text-xs break-all text-muted">{conversationId}</span>
      <p className="text-sm text-muted">
        {messages.length === 1 ? 'One message' : `${messages.length.toLocaleString('en')} messages`}{' '}
        {isOpen(timeline) ? 'so far, open for' : 'settled in'} {formatMs(spanMs)}
      </p>
      <span className="ml-auto flex gap-4 text-sm">
        <Link href={`/inspector/compare?b=${conversationId}`} className="text-accent underline underline-offset-4">
          Compare
        </Link>
        <ConnectionWord connection={connection} />
      </span>
    </div>
  )
}
