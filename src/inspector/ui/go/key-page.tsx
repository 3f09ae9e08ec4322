'use client'
import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '../../../web/components/empty-state.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Link } from '../../../web/components/link.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import { StateGlyph } from '../../../web/components/state-glyph.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { type KeyView, standingOf } from '../../model/key-view.ts'
import type { MessageRow } from '../../model/view.ts'
import { DeliveryPips } from '../delivery-pips.tsx'
import { FollowButton } from '../follow/follow-button.tsx'
import { ProcessStatusWord } from '../process-status.tsx'
import { useTitleOf } from '../use-title-of.ts'

const REFRESH_MS = 1_000

/** Everything that one key touched, as it happens: its messages, and the processes that wait for it. */
export function KeyPage({ initial }: { initial: KeyView }) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.inspector.key.queryOptions({ key: initial.key }, { initialData: initial, refetchInterval: REFRESH_MS }),
  )
  const { key, messages, processes, isPerson, isCut } = data
  const isNothing = messages.length + processes.length === 0
  return (
    <div className="room grid gap-6">
      <div>
        <div className="float-right ml-4">
          <FollowButton of={key} />
        </div>
        <h1 className="text-2xl font-semibold tracking-tight">{isPerson ? 'One person' : 'One key'}</h1>
        <p className="mt-1 font-mono text-sm break-all text-muted">
          <ForeignText text={key} />
        </p>
        <p className="mt-2 text-sm" role="status">
          {isNothing ? 'Nothing yet.' : <Standing of={data} />}
        </p>
      </div>
      {isNothing && (
        <EmptyState title="This key has touched nothing">
          Messages that are sent with it, or about the person it stands for, appear here as they come.
        </EmptyState>
      )}
      {processes.length > 0 && (
        <section aria-labelledby="processes-title">
          <h2 id="processes-title" className="mb-2 text-lg font-semibold tracking-tight">
            Processes
          </h2>
          <ul className="divide-y divide-line rounded-md border border-line bg-raised">
            {processes.map((each) => (
              <li
                key={`${each.process} ${each.key}`}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm"
              >
                <Link
                  href={`/inspector/processes/${encodeURIComponent(each.process)}/${encodeURIComponent(each.key)}`}
                  className="font-medium underline-offset-4 hover:underline"
                >
                  {each.process}
                </Link>
                <ProcessStatusWord status={each.status} />
                <span className="text-muted">
                  {each.waitingFor.map(({ what }) => what).join(', ') || 'waits for nothing'}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {messages.length > 0 && (
        <section aria-labelledby="messages-title">
          <h2 id="messages-title" className="mb-2 text-lg font-semibold tracking-tight">
            Messages
          </h2>
          <ol aria-label="Messages of this key" className="grid gap-4">
            {byConversation(messages).map(([conversationId, rows]) => (
              <ConversationBlock key={conversationId} conversationId={conversationId} rows={rows} />
            ))}
          </ol>
          {isCut && <p className="mt-3 text-sm text-muted">Only the newest {messages.length} are shown.</p>}
        </section>
      )}
    </div>
  )
}

function ConversationBlock({ conversationId, rows }: { conversationId: string; rows: readonly MessageRow[] }) {
  const titleOf = useTitleOf()
  return (
    <li className="rounded-md border border-line bg-raised">
      <div className="flex items-baseline justify-between gap-4 border-b border-line px-4 py-1.5 text-xs text-muted">
        <span>{rows.length === 1 ? 'One message' : `${rows.length} messages`} of one request</span>
        <Link href={`/inspector/c/${conversationId}`} className="text-accent underline-offset-4 hover:underline">
          Conversation
        </Link>
      </div>
      <ol className="divide-y divide-line">
        {rows.map((message) => (
          <li
            key={message.messageId}
            className="grid grid-cols-[6.5rem_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-1.5 max-sm:grid-cols-[auto_minmax(0,1fr)]"
          >
            <span className="text-xs text-muted">
              <Moment iso={message.occurredAt} />
            </span>
            <span className="flex min-w-0 items-center gap-2">
              <KindMark kind={message.kind} />
              <Link
                href={`/inspector/m/${message.messageId}`}
                title={titleOf(message.name)}
                className="min-w-0 truncate text-sm font-medium underline-offset-4 hover:underline"
              >
                {message.name}
              </Link>
            </span>
            <span className="max-sm:col-span-2">
              <DeliveryPips deliveries={message.deliveries} />
            </span>
          </li>
        ))}
      </ol>
    </li>
  )
}

function byConversation(messages: readonly MessageRow[]): [conversationId: string, rows: MessageRow[]][] {
  return [...Map.groupBy(messages, (each) => each.conversationId)]
}

function Standing({ of }: { of: KeyView }) {
  const { worst, words } = standingOf(of)
  return (
    <span className="inline-flex items-center gap-2">
      {worst && <StateGlyph state={worst} />}
      {words}
    </span>
  )
}
