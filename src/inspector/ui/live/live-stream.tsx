'use client'
import { lazy, Suspense, useRef } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { EmptyState } from '../../../web/components/empty-state.tsx'
import { Link } from '../../../web/components/link.tsx'
import type { PanelTab } from '../../model/live-address.ts'
import type { DurationOrder } from '../../model/live-order.ts'
import type { MessageRow } from '../../model/view.ts'
import { ConnectionWord } from '../connection-word.tsx'
import { LiveAnnouncer } from './live-announcer.tsx'
import { LiveBand } from './live-band.tsx'
import { LiveRate } from './live-rate.tsx'
import { MessageGrid } from './message-grid.tsx'
import { FurtherBack } from './older.tsx'
import { StatusLine } from './status-line.tsx'
import { type Following, useFollowing } from './use-following.ts'
import { useLive } from './use-live.ts'
import type { useLiveAddress } from './use-live-address.ts'
import { type Older, useOlder } from './use-older.ts'
import { useHoldWhen, useLinkedPause } from './use-pause-and-hold.ts'
import { useRowHeight } from './use-row-height.ts'
import { useStreamKeys } from './use-stream-keys.ts'

const EmptyStream = lazy(async () => ({ default: (await import('./empty-stream.tsx')).EmptyStream }))
// What shows one message comes with the first that is looked into.
const SidePanel = lazy(async () => ({ default: (await import('./side-panel.tsx')).SidePanel }))

interface Props {
  /** One that can be read; empty for all. */
  filter: string
  initial: MessageRow[]
  address: ReturnType<typeof useLiveAddress>
  /** Over the list a menu is open. */
  isMenuOpen: boolean
  mayAct: boolean
  onClear(): void
  onFollow(conversationId: string): void
}

/** The messages that fit one filter, followed. */
export function LiveStream(props: Props) {
  const { filter, initial, isMenuOpen, mayAct, onClear, onFollow } = props
  const { address, change } = props.address
  const live = useLive(filter, initial)
  const { connection, messages: view } = live
  const isThere = connection !== 'connecting'
  const older = useOlder({ filter, view, isThere, add: (rows) => live.change((list) => list.addOlder(rows)) })
  const scroller = useRef<HTMLDivElement>(null)
  const height = useRowHeight()
  const sortBy = (sort: DurationOrder | null) => change({ sort })
  const list = useFollowing(live, { sort: address.sort, onSort: sortBy })
  useLinkedPause(list, isThere, address.isLive, (isLive) => change({ isLive }))
  // A list that is opened sorted holds still, too.
  useHoldWhen(isThere, list, list.sort !== null)
  // Who chooses from a menu looks at the rows beside it.
  useHoldWhen(isMenuOpen, list, view.length > 0)
  const select = (sel: string, h: string | null = null) => {
    list.hold()
    change({ sel, h, ...(h !== null && { panel: 'deliveries' as const }) })
  }
  const close = () => change({ sel: null, h: null })
  const showTab = (panel: PanelTab) => change({ panel })
  useStreamKeys(list, { isOpen: address.sel !== null, onTab: showTab, onClose: close })
  const further = <FurtherBack older={older} isFiltered={filter !== ''} />
  return (
    <>
      <LiveAnnouncer came={view.came} isThere={isThere} />
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
        <ConnectionWord connection={connection} />
        {connection === 'live' && <LiveRate came={view.came} />}
        <span className="text-sm text-muted max-sm:hidden">{wordOf(list)}</span>
        {list.pausedAt === null && (
          <Button variant="quiet" size="small" onClick={list.pause} className="ml-auto">
            Pause
          </Button>
        )}
      </div>
      <LiveBand live={live} pausedAt={list.pausedAt}>
        {list.isWhole && (
          <Button variant="quiet" size="small" onClick={list.resumeHere}>
            Resume here
          </Button>
        )}
        <Button variant="quiet" size="small" onClick={list.jumpToNewest}>
          Jump to now
        </Button>
      </LiveBand>
      {/* Where the old ones are. */}
      {list.newestAt === 'bottom' && (
        <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">{further}</div>
      )}
      <div className="flex min-h-0 flex-1 gap-3">
        {view.length > 0 ? (
          <MessageGrid
            list={list}
            scroller={scroller}
            height={height}
            missing={live.remaining}
            isStale={connection === 'stale' || connection === 'offline'}
            selected={address.sel}
            columns={address.columns}
            mayAct={mayAct}
            onSelect={select}
            onSort={(sort) => {
              list.hold()
              sortBy(sort)
            }}
            onFollow={onFollow}
          />
        ) : (
          <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
            {filter === '' ? (
              <NoMessages mayAct={mayAct} />
            ) : (
              <NothingFits filter={filter} older={older} isThere={isThere} onClear={onClear} />
            )}
          </div>
        )}
        {address.sel !== null && (
          <Suspense>
            <SidePanel
              messageId={address.sel}
              row={view.at(view.indexOf(address.sel))}
              tab={address.panel}
              deliveryId={address.h}
              mayAct={mayAct}
              onTab={showTab}
              onDelivery={(h) => change({ h })}
              onClose={close}
            />
          </Suspense>
        )}
      </div>
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 pt-3 text-sm text-muted">
        {list.newestAt === 'top' && further}
        <StatusLine count={view.count} filter={filter} heard={live.heard} />
      </div>
    </>
  )
}

function wordOf({ pausedAt, isFollowing }: Following): string {
  if (pausedAt !== null) return 'paused'
  return isFollowing ? 'following' : 'holding still while you read'
}

function NoMessages({ mayAct }: { mayAct: boolean }) {
  return (
    <>
      <h2 className="mt-3 text-lg font-semibold">No messages yet</h2>
      <p className="max-w-prose text-muted">
        <Link href="/signup" className="text-accent underline underline-offset-4">
          Create an account
        </Link>{' '}
        in another window, and watch its command, its event and every handler appear here.
      </p>
      <Suspense>
        <EmptyStream mayAct={mayAct} />
      </Suspense>
    </>
  )
}

function NothingFits({
  filter,
  older,
  isThere,
  onClear,
}: Pick<Props, 'filter' | 'onClear'> & { older: Older; isThere: boolean }) {
  const isLooking = !isThere || older.state === 'loading'
  return (
    <EmptyState
      title={isLooking ? 'Looking' : 'Nothing matches'}
      action={
        <Button variant="quiet" size="small" onClick={onClear}>
          Clear the filter
        </Button>
      }
    >
      {isLooking
        ? 'Nothing so far fits '
        : older.state === 'all'
          ? 'No message fits '
          : 'None that was looked at fits '}
      <q className="font-mono text-sm text-ink [overflow-wrap:anywhere]">{filter}</q>. What comes and fits appears here.
    </EmptyState>
  )
}
