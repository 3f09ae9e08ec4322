'use client'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Mail, MessageSquare } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '../../../web/components/empty-state.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { MailboxItem } from '../router.ts'
import { Letter } from './letter.tsx'

const REFETCH_MS = 2_000

/** What the built-in mail and text servers received, newest first. */
export function Mailbox({ initial }: { initial: MailboxItem[] }) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.mailbox.list.queryOptions({ limit: 50 }, { initialData: { items: initial }, refetchInterval: REFETCH_MS }),
  )
  // What is open stays open when mail comes in.
  const [openId, setOpenId] = useState(initial[0]?.id)
  const { items } = data
  const open = items.find((item) => item.id === openId) ?? items[0]
  if (!open) {
    return (
      <EmptyState title="No mail yet">
        Waybill runs its own mail server here, so that nothing leaves this machine. Create an account, and its e-mail
        arrives on this page.
      </EmptyState>
    )
  }
  return (
    <div className="grid items-start gap-6 md:grid-cols-[minmax(240px,340px)_1fr]">
      <ul
        aria-label="Received"
        className="max-h-[calc(100dvh-13rem)] divide-y divide-line overflow-y-auto rounded-md border border-line bg-raised max-md:max-h-64"
      >
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              onClick={() => setOpenId(item.id)}
              aria-current={item.id === open.id ? 'true' : undefined}
              className={clsx(
                'grid w-full grid-cols-[minmax(0,1fr)] gap-0.5 px-4 py-3 text-left text-sm -outline-offset-2',
                item.id === open.id ? 'bg-tint' : 'hover:bg-tint',
              )}
            >
              <span className="flex min-w-0 items-center gap-2">
                <ChannelIcon channel={item.channel} />
                <span className="min-w-0 flex-1 truncate font-medium" title={item.recipient}>
                  {item.recipient}
                </span>
                <span className="text-xs text-muted">
                  <Moment iso={item.receivedAt} to="seconds" />
                </span>
              </span>
              <span className="truncate pl-[22px] text-muted">
                {item.channel === 'sms' ? `Text: ${item.text}` : item.subject}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Letter key={open.id} item={open} />
    </div>
  )
}

function ChannelIcon({ channel }: { channel: MailboxItem['channel'] }) {
  const Icon = channel === 'sms' ? MessageSquare : Mail
  return <Icon size={14} aria-hidden="true" className="shrink-0 text-muted" />
}
