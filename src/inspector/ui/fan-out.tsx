'use client'
import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { axisOf, formatMs, isScheduled } from '../model/durations.ts'
import type { MessageDetail } from '../model/view.ts'
import { Lane } from './lane.tsx'
import type { Actions } from './use-actions.ts'
import { useNow } from './use-now.ts'

interface Props {
  message: MessageDetail
  rights: { act: boolean; faults: boolean }
  actions: Actions
  selected: string | undefined
  onSelect(deliveryId: string): void
}

/** Cause, message, and one lane per subscription there was when the message was published. */
export function FanOut({ message, ...rest }: Props) {
  const { cause, deliveries, kind } = message
  const isOpen = deliveries.some((each) => each.settledAt === null)
  const now = useNow(isOpen) ?? Date.parse(message.occurredAt)
  const axis = axisOf([message], now)
  const isBusy = deliveries.some((each) => each.settledAt === null && !isScheduled(each, now))
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[220px_minmax(0,1fr)]">
      <div className="grid gap-2">
        <Card title="Caused by">
          {cause ? (
            <>
              <Link
                href={`/inspector/m/${cause.messageId}`}
                className="flex items-center gap-2 text-sm font-medium break-all text-accent underline underline-offset-4"
              >
                <KindMark kind={cause.kind} />
                {cause.name}
              </Link>
              <p className="mt-1 text-xs break-all text-muted">sent by {cause.subscription}</p>
            </>
          ) : (
            <p className="text-sm text-muted">A request from outside: it begins its conversation.</p>
          )}
        </Card>
        <Card title={kind === 'command' ? 'A command: one handler' : 'An event: any number of subscriptions'}>
          <p className="text-sm">
            {deliveries.filter((each) => each.state === 'succeeded').length} of{' '}
            {deliveries.filter((each) => each.state !== 'skipped').length} succeeded
          </p>
          <p className="mt-1 text-xs text-muted">
            in {formatMs(axis.spanMs)}
            {isBusy && ' so far'}
          </p>
        </Card>
      </div>
      <ul
        aria-label="Deliveries"
        className={clsx(
          'grid gap-2 border-l-2 pl-4 sm:pl-6',
          kind === 'event' ? 'border-dashed border-muted' : 'border-muted',
        )}
      >
        {deliveries.length === 0 && (
          <li className="rounded-md border border-dashed border-line px-4 py-3 text-sm text-muted">
            No subscribers. The event is kept; nobody had asked for it when it was published.
          </li>
        )}
        {deliveries.map((lane) => (
          <Lane key={lane.deliveryId} lane={lane} kind={kind} occurredAt={message.occurredAt} axis={axis} {...rest} />
        ))}
      </ul>
    </div>
  )
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-md border border-line bg-raised px-4 py-3">
      <p className="mb-1.5 text-xs text-muted">{title}</p>
      {children}
    </div>
  )
}
