'use client'
import { Link } from '../../../web/components/link.tsx'
import type { SteppedProcess } from '../../model/process-view.ts'
import { ConnectionWord } from '../connection-word.tsx'
import { useExport } from '../recording/use-export.ts'
import { WayBack } from '../way-back.tsx'
import { ConversationViews, Title } from './conversation-views.tsx'
import { ProcessHeader } from './process-header.tsx'
import { useTimeline } from './use-timeline.ts'

interface Props {
  packed: string
  processes: SteppedProcess[]
}

/** A conversation as it is now, and what it was at any moment before. */
export function Conversation({ packed, processes }: Props) {
  const { timeline, connection, isTruncated, now } = useTimeline(packed)
  const exporting = useExport(timeline.conversationId)
  return (
    <ConversationViews
      timeline={timeline}
      isTruncated={isTruncated}
      now={now}
      processesAt={(time) => <ProcessHeader initial={processes} timeline={timeline} time={time} />}
    >
      <WayBack href="/inspector/live" to="Live" className="w-full" />
      <Title timeline={timeline} now={now} />
      <span className="ml-auto flex gap-4 text-sm">
        <button type="button" onClick={exporting} className="text-accent underline underline-offset-4">
          Export
        </button>
        <Link
          href={`/inspector/compare?b=${timeline.conversationId}`}
          className="text-accent underline underline-offset-4"
        >
          Compare
        </Link>
        <ConnectionWord connection={connection} />
      </span>
    </ConversationViews>
  )
}
