'use client'
import { type ReactNode, useMemo, useState } from 'react'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import { type Recording, timelineOf } from '../../model/recording/recording.ts'
import { ConversationViews, Title } from '../conversation/conversation-views.tsx'
import { OpenInPlace } from '../conversation/message-link.tsx'
import { Processes } from '../conversation/process-header.tsx'
import { RecordedMessagePanel } from './recorded-message.tsx'

interface Props {
  recording: Recording
  fileName: string
  /** What else can be opened. */
  children: ReactNode
}

/** A recording in the same views as a conversation that is there. Nothing in it is live, and nothing can be done to it. */
export function RecordedConversation({ recording, fileName, children }: Props) {
  const timeline = useMemo(() => timelineOf(recording), [recording])
  const [openId, setOpenId] = useState<string | null>(null)
  const message = recording.messages.find((each) => each.id === openId)
  return (
    <OpenInPlace onOpen={setOpenId}>
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <ConversationViews
          timeline={timeline}
          isTruncated={recording.isTruncated}
          now={recording.at}
          processesAt={(time) => <Processes processes={recording.processes} time={time} />}
        >
          <div
            role="note"
            aria-label="Recording"
            className="mb-1 flex w-full flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-state-retrying bg-raised px-4 py-2 text-sm"
          >
            <span>
              <strong className="font-semibold">A recording</strong>, not this bus:{' '}
              <span className="font-mono text-xs [overflow-wrap:anywhere]">
                <ForeignText text={fileName} />
              </span>
              , made <time dateTime={recording.recordedAt}>{recording.recordedAt.slice(0, 10)}</time>{' '}
              <Moment iso={recording.recordedAt} to="seconds" />. Nothing in it changes, and nothing can be done to it.
            </span>
            <span className="ml-auto">{children}</span>
          </div>
          <Title timeline={timeline} now={recording.at} />
        </ConversationViews>
        {message && <RecordedMessagePanel message={message} onClose={() => setOpenId(null)} />}
      </div>
    </OpenInPlace>
  )
}
