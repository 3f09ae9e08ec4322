'use client'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { Link } from '../../../web/components/link.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { PANEL_TABS, type PanelTab } from '../../model/live-address.ts'
import type { MessageDetail, MessageRow } from '../../model/view.ts'
import { Attempts } from '../attempts.tsx'
import { PayloadViewer } from '../payload/payload-viewer.tsx'
import { useActions } from '../use-actions.ts'
import { CompactFanOut } from './compact-fan-out.tsx'
import { usePanelWidth } from './use-panel-width.tsx'

interface Props {
  messageId: string
  /** The message as the list knows it: when it changes, it is read again. */
  row: MessageRow | undefined
  tab: PanelTab
  /** The delivery that is looked at. */
  deliveryId: string | null
  mayAct: boolean
  onTab(tab: PanelTab): void
  onDelivery(deliveryId: string | null): void
  onClose(): void
}

/** One message beside the list: a sheet over it where there is no room for both. */
export function SidePanel({ messageId, row, tab, mayAct, onTab, onClose, ...looked }: Props) {
  const { message, isGone, isBefore } = useDetail(messageId, row)
  const { style, divider } = usePanelWidth()
  return (
    <aside
      aria-label="Message"
      style={style}
      className="relative flex min-h-0 flex-col rounded-md border border-line bg-raised max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:z-40 max-lg:w-full max-lg:rounded-none max-lg:shadow-[0_0_32px_rgb(0_0_0/0.3)] sm:max-lg:w-[28rem] lg:w-(--panel) lg:shrink-0"
    >
      {divider}
      {message ? (
        <>
          <Head message={message} onClose={onClose} />
          <Tabs tab={tab} onTab={onTab} />
          <div className={clsx('min-h-0 flex-1 overflow-y-auto p-4', isBefore && 'opacity-60')}>
            <Content message={message} tab={tab} mayAct={mayAct} {...looked} />
          </div>
        </>
      ) : (
        <div className="flex items-start gap-2 p-4 text-sm text-muted">
          <p className="flex-1">{isGone ? 'There is no such message, or none any more.' : 'Reading it'}</p>
          <CloseButton onClose={onClose} />
        </div>
      )}
    </aside>
  )
}

/** Read when it is chosen, and again whenever one of its deliveries has changed. */
function useDetail(messageId: string, row: MessageRow | undefined) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const options = trpc.inspector.message.queryOptions({ id: messageId }, { placeholderData: keepPreviousData })
  const { data, isPlaceholderData } = useQuery(options)
  const version = row?.deliveries.map((each) => each.revision).join()
  useEffect(() => {
    if (version) void client.invalidateQueries(trpc.inspector.message.queryFilter({ id: messageId }))
  }, [client, trpc, messageId, version])
  // While the next one is read the one before stays: nothing jumps for whoever walks through the list.
  return { message: data ?? null, isGone: data === null, isBefore: isPlaceholderData }
}

function Head({
  message: { messageId, kind, name, description, key, occurredAt },
  onClose,
}: { message: MessageDetail } & Pick<Props, 'onClose'>) {
  return (
    <header className="flex items-start gap-2 px-4 pt-3 pb-2">
      <span className="mt-1">
        <KindMark kind={kind} />
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold [overflow-wrap:anywhere]">
          <Link href={`/inspector/m/${messageId}`} className="underline-offset-4 hover:underline">
            <DottedName name={name} />
          </Link>
        </h2>
        {description && <p className="mb-1 text-xs text-pretty">{description}</p>}
        <p className="flex flex-wrap gap-x-3 text-xs text-muted">
          <Moment iso={occurredAt} />
          {key && <span className="font-mono [overflow-wrap:anywhere]">{key}</span>}
          <span className="font-mono" title={messageId}>
            …{messageId.slice(-12)}
          </span>
        </p>
      </div>
      <CloseButton onClose={onClose} />
    </header>
  )
}

function CloseButton({ onClose }: Pick<Props, 'onClose'>) {
  return (
    <button
      type="button"
      onClick={onClose}
      aria-label="Close"
      title="Close (o)"
      className="flex size-7 shrink-0 items-center justify-center rounded text-muted hover:bg-tint hover:text-ink"
    >
      <X size={16} aria-hidden="true" />
    </button>
  )
}

const TITLES: Record<PanelTab, string> = { deliveries: 'Fan-out', payload: 'Payload', attempts: 'Attempts' }

function Tabs({ tab, onTab }: Pick<Props, 'tab' | 'onTab'>) {
  return (
    <div role="tablist" aria-label="Of the message" className="flex gap-5 border-b border-line px-4 text-sm">
      {PANEL_TABS.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          aria-selected={each === tab}
          onClick={() => onTab(each)}
          className={clsx(
            'h-9 border-b-2',
            each === tab ? 'border-ink font-medium' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {TITLES[each]}
        </button>
      ))}
    </div>
  )
}

type ContentProps = { message: MessageDetail } & Pick<Props, 'tab' | 'mayAct' | 'deliveryId' | 'onDelivery'>

function Content({ message, tab, mayAct, deliveryId, onDelivery }: ContentProps) {
  const actions = useActions()
  const tried = message.deliveries.filter((each) => each.attempts.length > 0)
  if (tab === 'payload') return <PayloadViewer message={message} />
  if (tab === 'deliveries')
    return (
      <CompactFanOut message={message} mayAct={mayAct} actions={actions} chosen={deliveryId} onChoose={onDelivery} />
    )
  if (tried.length === 0) return <Attempts lane={message.deliveries[0]} />
  return (
    <div className="grid gap-5">
      {tried.map((lane) => (
        <section key={lane.deliveryId} aria-label={lane.subscription}>
          <h3 className="mb-1.5 text-sm font-semibold [overflow-wrap:anywhere]">
            <DottedName name={lane.subscription} />
          </h3>
          <Attempts lane={lane} />
        </section>
      ))}
    </div>
  )
}
