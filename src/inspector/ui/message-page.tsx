'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { Moment } from '../../web/components/moment.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { MessageDetail } from '../model/view.ts'
import { Attempts } from './attempts.tsx'
import { ConnectionWord } from './connection-word.tsx'
import { FanOut } from './fan-out.tsx'
import { Payload } from './payload.tsx'
import { useActions } from './use-actions.ts'
import { useFeed } from './use-feed.ts'

interface Props {
  initial: MessageDetail
  /** What this viewer may do. */
  rights: { act: boolean; faults: boolean }
}

/** One message: what caused it, every handler it fanned out to, what each attempt did, and what followed. */
export function MessagePage({ initial, rights }: Props) {
  const { message, connection } = useMessage(initial)
  const actions = useActions()
  const [selected, setSelected] = useState<string>()
  const lane = message.deliveries.find((each) => each.deliveryId === selected) ?? worst(message.deliveries)
  return (
    <div className="py-6">
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="flex min-w-0 items-center gap-2 text-xl font-semibold tracking-tight">
          <KindMark kind={message.kind} />
          <span className="min-w-0 break-words">{message.name}</span>
        </h1>
        <span className="text-sm text-muted">version {message.version}</span>
        <span className="text-sm text-muted">
          <Moment iso={message.occurredAt} />
        </span>
        <Link
          href={`/inspector/c/${message.conversationId}`}
          className="text-sm text-accent underline underline-offset-4"
        >
          Its conversation
        </Link>
        <span className="ml-auto">
          <ConnectionWord connection={connection} />
        </span>
      </div>
      <FanOut message={message} rights={rights} actions={actions} selected={lane?.deliveryId} onSelect={setSelected} />
      <div className="mt-8 grid items-start gap-6 lg:grid-cols-2">
        <section aria-labelledby="attempts" className="min-w-0">
          <h2 id="attempts" className="mb-2 font-semibold">
            Attempts{lane && <span className="font-normal text-muted"> of {lane.subscription}</span>}
          </h2>
          <Attempts lane={lane} />
        </section>
        <section aria-labelledby="payload" className="min-w-0">
          <h2 id="payload" className="mb-2 font-semibold">
            Payload
          </h2>
          <Payload body={message.body} />
          <Ids message={message} />
        </section>
      </div>
    </div>
  )
}

/** The message as it is now: read again whenever one of its deliveries, or what follows from it, has changed. */
function useMessage(initial: MessageDetail) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const { messageId, conversationId } = initial
  const options = trpc.inspector.message.queryOptions(
    { id: messageId },
    { initialData: initial, staleTime: Number.POSITIVE_INFINITY },
  )
  const { data } = useQuery(options)
  const { messages, connection } = useFeed({ room: 'conversation', conversationId }, [])
  const own = messages.find((each) => each.messageId === messageId)
  const caused = messages.filter((each) => each.causationId === messageId).length
  const version = `${own?.deliveries.map((each) => each.revision).join()} ${caused}`
  useEffect(() => {
    if (own || version) void client.invalidateQueries(trpc.inspector.message.queryFilter({ id: messageId }))
  }, [client, trpc, messageId, own, version])
  return { message: data ?? initial, connection }
}

function worst(lanes: MessageDetail['deliveries']): MessageDetail['deliveries'][number] | undefined {
  return (
    lanes.find((each) => each.state === 'dead') ??
    lanes.find((each) => each.state === 'retrying') ??
    lanes.find((each) => each.attempts.length > 0) ??
    lanes[0]
  )
}

function Ids({ message }: { message: MessageDetail }) {
  const ids = { message: message.messageId, conversation: message.conversationId, cause: message.causationId }
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm [&_dt]:text-muted">
      {Object.entries(ids).map(
        ([name, id]) =>
          id && (
            <div key={name} className="contents">
              <dt>{name}</dt>
              <dd className="font-mono text-xs leading-5 break-all">{id}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
