'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { DottedName } from '../../web/components/dotted-name.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { isFailing, worstFailing } from '../model/failing.ts'
import type { MessageDetail } from '../model/view.ts'
import { About } from './about.tsx'
import { Attempts } from './attempts.tsx'
import { EditAndRetry } from './edit-and-retry.tsx'
import { Explanation } from './explanation.tsx'
import { FanOut } from './fan-out.tsx'
import { FollowButton } from './follow/follow-button.tsx'
import { InspectorPage } from './inspector-page.tsx'
import { MessageNeighbours, useNeighbours } from './message-neighbours.tsx'
import { CopyTest } from './payload/copy-test.tsx'
import { PayloadViewer } from './payload/payload-viewer.tsx'
import { useActions } from './use-actions.ts'
import { useFeed } from './use-feed.ts'
import { useMessageAddress } from './use-message-address.ts'
import { useMessagePageKeys } from './use-message-page-keys.ts'

interface Props {
  initial: MessageDetail
  /** What this viewer may do. */
  rights: { act: boolean; faults: boolean }
}

/** One message: what caused it, every handler it fanned out to, what each attempt did, and what followed. */
export function MessagePage({ initial, rights }: Props) {
  const { message, conversation, connection } = useMessage(initial)
  const doing = useActions()
  const [address, change] = useMessageAddress()
  const select = (deliveryId: string) => change({ deliveryId, attempt: null })
  // Whoever retries a delivery wants to see what becomes of it.
  const actions = {
    ...doing,
    retry: (deliveryId: string) => {
      select(deliveryId)
      doing.retry(deliveryId)
    },
  }
  const lane = message.deliveries.find((each) => each.deliveryId === address.deliveryId) ?? worst(message.deliveries)
  const neighbours = useNeighbours(message.messageId, conversation)
  useMessagePageKeys({ message, lane, neighbours, mayAct: rights.act, actions, onSelect: select })
  return (
    <InspectorPage
      trail={[
        ['Live', '/inspector/live'],
        [`Conversation ${message.conversationId.slice(-6)}`, `/inspector/c/${message.conversationId}`],
      ]}
      connection={connection}
      beside={<MessageNeighbours neighbours={neighbours} />}
    >
      <Explanation message={message} />
      <FanOut message={message} rights={rights} actions={actions} selected={lane?.deliveryId} onSelect={select} />
      <div className="mt-10 grid items-start gap-x-10 gap-y-8 lg:grid-cols-[3fr_2fr]">
        <section aria-labelledby="attempts" className="min-w-0">
          <h2 id="attempts" className="mb-3 flex flex-wrap gap-x-2 font-semibold">
            Attempts
            {lane && (
              <span className="font-normal [overflow-wrap:anywhere] text-muted">
                of <DottedName name={lane.subscription} />
              </span>
            )}
          </h2>
          <Attempts
            lane={lane}
            asked={address.attempt}
            onAsk={(attempt) => lane && change({ deliveryId: lane.deliveryId, attempt })}
          />
        </section>
        <section aria-labelledby="payload" className="min-w-0">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
            <h2 id="payload" className="font-semibold">
              Payload
            </h2>
            <span className="flex flex-wrap gap-2">
              {lane && isFailing(lane) && <CopyTest message={message} lane={lane} />}
              {lane?.state === 'dead' && <EditAndRetry lane={lane} mayAct={rights.act} />}
            </span>
          </div>
          <PayloadViewer
            message={message}
            hasKeys
            mayReveal={rights.act}
            tab={address.tab}
            onTab={(tab) => change({ tab })}
          />
          <Ids message={message} />
        </section>
      </div>
    </InspectorPage>
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
  const followed = messages.filter((each) => each === own || each.causationId === messageId)
  const version = followed.map((each) => each.deliveries.map((one) => one.revision).join()).join(' ')
  useEffect(() => {
    if (own || version) void client.invalidateQueries(trpc.inspector.message.queryFilter({ id: messageId }))
  }, [client, trpc, messageId, own, version])
  return { message: data ?? initial, conversation: messages, connection }
}

function worst(lanes: MessageDetail['deliveries']): MessageDetail['deliveries'][number] | undefined {
  return worstFailing(lanes) ?? lanes.find((each) => each.attempts.length > 0) ?? lanes[0]
}

/** Whom or what it is about, and what names it. */
function Ids({ message }: { message: MessageDetail }) {
  const about = message.key ?? message.subjectId
  const ids = {
    message: message.messageId,
    conversation: message.conversationId,
    cause: message.causationId,
    'edited from': message.retriedFrom,
  }
  return (
    <>
      {about && (
        <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
          <span className="text-muted">About</span>
          <About messageKey={message.key} subjectId={message.subjectId} isWhole />
          <FollowButton of={about} />
        </p>
      )}
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
    </>
  )
}
