'use client'
import clsx from 'clsx'
import { type CSSProperties, type KeyboardEvent, type RefObject, Suspense, useEffect, useState } from 'react'
import { isPayload, type LiveColumn, widthsOf } from '../../model/live-columns.ts'
import type { DurationOrder, OrderedView } from '../../model/live-order.ts'
import type { MessageRow } from '../../model/view.ts'
import { useLights } from '../follow/followed-key.ts'
import { useIsNarrow } from '../use-is-narrow.ts'
import { useTitleOf } from '../use-title-of.ts'
import { whenWanted } from '../when-wanted.ts'
import { GapRow } from './gap-row.tsx'
import { HeadRow } from './head-row.tsx'
import { MarkedBar } from './marked-bar.tsx'
import { MessageGridRow } from './message-grid-row.tsx'
import { NewsPill } from './news-pill.tsx'
import { useColumnValues } from './use-column-values.ts'
import type { Following } from './use-following.ts'
import { useMarks } from './use-marks.ts'
import { useMessageKeys } from './use-message-keys.ts'
import { usePointed } from './use-pointed.ts'
import { useRowActions, useRowCommands } from './use-row-actions.ts'
import { useRowCursor } from './use-row-cursor.ts'
import { useRowWindow } from './use-row-window.ts'
import { useStillRows } from './use-still-rows.ts'
import { useUsualDurations } from './use-usual-durations.ts'

const { Part: PipCard, preload: preloadCard } = whenWanted(async () => (await import('./pip-card.tsx')).PipCard)

const HEAD_PX = 33
/** Rows up to it have no room for more than a line of words. */
const CRAMPED_PX = 28
const EDGE_PX = 60

interface Props {
  list: Following
  scroller: RefObject<HTMLDivElement | null>
  /** Of each row. */
  height: number
  /** What is seen may be old: it is greyed. */
  isStale: boolean
  /** Messages of the gap that have not come yet, where there is one; null while that is not known. */
  missing: number | null
  /** The message in the side panel. */
  selected: string | null
  columns: readonly LiveColumn[]
  mayAct: boolean
  /** With the delivery of it that is meant, where one is. */
  onSelect(messageId: string, deliveryId?: string | null): void
  onSort(sort: DurationOrder | null): void
  onFollow(conversationId: string): void
}

/** The messages as a grid of which only what is in view is drawn. Keys walk through it: `?` lists them. */
export function MessageGrid(props: Props) {
  const { list, scroller, height, missing, isStale, selected, columns, mayAct } = props
  const { onSelect, onSort, onFollow } = props
  const { view, rows, newestAt, jumpToNewest } = list
  const isNarrow = useIsNarrow()
  const [conversation, setConversation] = useState<string | null>(null)
  const [isAtTag, setAtTag] = useState(false)
  const { pointed, hover, focus, scrolled, close } = usePointed()
  const lights = useLights()
  const gap = rows.gapBefore
  const count = rows.length + Number(gap !== null)
  const drawn = useRowWindow({ scroller, count, height, isAtEnd: newestAt === 'bottom' && list.isFollowing })
  // A gap takes the place of a row: those after it lie one further down.
  const slotOf = (index: number) => index + Number(gap !== null && index >= gap)
  const scrollTo = (index: number) => drawn.scrollTo(slotOf(index), isNarrow ? 0 : HEAD_PX)
  useStillRows({ scroller, list, rows, slotOf, height, look: drawn.look })
  const cursor = useRowCursor({ rows, scroller, scrollTo, first: selected })
  // What comes faster than anybody reads takes over the places of what leaves: making rows anew is most of the work.
  const isTakingOver = view.isRush && list.isFollowing && cursor.current === null
  const keyOf = (slot: number, messageId: string) => (isTakingOver ? slot % (drawn.to - drawn.from) : messageId)
  const current = cursor.current?.messageId ?? null
  // With the panel open, whoever walks through the list walks through the panel, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the row one is at, and nothing else
  useEffect(() => {
    if (selected !== null && current !== null && current !== selected) onSelect(current)
  }, [current])
  const walked = { ...cursor, move: held(list, cursor.move), goToFailure: held(list, cursor.goToFailure) }
  const open = (messageId: string, deliveryId: string | null) => {
    // At the side it is shown as well.
    close()
    cursor.setCurrent(messageId)
    onSelect(messageId, deliveryId)
  }
  const pointedMessage = pointed ? rows.at(rows.indexOf(pointed.messageId)) : undefined
  const actions = useRowActions(mayAct)
  const marks = useMarks(view)
  const usual = useUsualDurations(view)
  const titleOf = useTitleOf()
  const inView = slots(drawn.from, drawn.to).flatMap((slot) => rows.at(slot)?.messageId ?? [])
  const paths = columns.filter(isPayload).map((each) => each.slice('payload.'.length))
  const values = useColumnValues(paths.length > 0 ? inView : NONE, paths)
  useRowCommands(cursor.current, actions, onFollow)
  useMessageKeys({ cursor: walked, actions, marks, onFollow, onShow: selected === null ? onSelect : null })
  return (
    <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
      {view.news.count > 0 && <NewsPill news={view.news} newestAt={newestAt} onJump={jumpToNewest} />}
      <div
        ref={scroller}
        role="grid"
        aria-label="Messages"
        aria-rowcount={count + 1}
        data-rush={view.isRush || undefined}
        style={{ '--live-columns': widthsOf(columns) } as CSSProperties}
        tabIndex={-1}
        onPointerOver={({ target }) => {
          setAtTag(target instanceof Element && target.closest('[data-tag]') !== null)
          hover(target)
          setConversation(target instanceof Element ? (messageAt(target, rows)?.conversationId ?? null) : null)
        }}
        onPointerLeave={() => {
          setConversation(null)
          setAtTag(false)
          hover(null)
        }}
        onPointerEnter={preloadCard}
        onFocus={({ target }) => focus(target)}
        onBlur={({ relatedTarget }) => relatedTarget?.matches('[data-pip]') || focus(null)}
        onKeyDown={pressSign}
        onScroll={({ currentTarget }) => {
          if (pointed) scrolled()
          list.setAtEdge(pxFromNewest(currentTarget, newestAt) <= EDGE_PX)
        }}
        className={clsx(
          'min-h-0 flex-1 overflow-auto rounded-md border border-line bg-raised [overflow-anchor:none]',
          isStale && 'grayscale-[0.7] opacity-75',
        )}
      >
        <HeadRow columns={columns} sort={list.sort} onSort={onSort} />
        <div role="rowgroup" className="relative" style={{ height: drawn.totalPx }}>
          {slots(drawn.from, drawn.to).map((slot) => {
            if (slot === gap) return <GapRow key="gap" missing={missing} top={slot * height} height={height} />
            const index = gap !== null && slot > gap ? slot - 1 : slot
            const message = rows.at(index)
            return (
              message && (
                <MessageGridRow
                  key={keyOf(slot, message.messageId)}
                  message={message}
                  title={titleOf(message.name)}
                  usualMs={usual.get(message.name)}
                  sinceBefore={sinceBeforeOf(rows, index)}
                  slot={slot}
                  height={height}
                  columns={columns}
                  values={values[message.messageId]}
                  isRoomy={height > CRAMPED_PX}
                  isLit={lights?.message(message)}
                  isKin={message.conversationId === conversation}
                  isDimmed={isAtTag && conversation !== null && message.conversationId !== conversation}
                  isCurrent={message.messageId === current}
                  isMarked={marks.has(message.messageId)}
                  onOpen={open}
                  onMark={marks.toggle}
                  onReach={cursor.setCurrent}
                />
              )
            )
          })}
        </div>
      </div>
      {pointed && pointedMessage && (
        <Suspense>
          <PipCard message={pointedMessage} pointed={pointed} onClose={close} />
        </Suspense>
      )}
      <MarkedBar marks={marks} actions={actions} />
    </div>
  )
}

function pxFromNewest({ scrollTop, scrollHeight, clientHeight }: HTMLElement, newestAt: Following['newestAt']): number {
  return newestAt === 'top' ? scrollTop : scrollHeight - clientHeight - scrollTop
}

function sinceBeforeOf(rows: OrderedView, index: number): number | null {
  const [message, before] = [rows.at(index), rows.sentBefore(index)]
  if (!message || !before) return null
  return Date.parse(message.occurredAt) - Date.parse(before.occurredAt)
}

/** The message whose row is pointed at. */
function messageAt(target: Element, rows: OrderedView): MessageRow | undefined {
  const link = target.closest('[role=row]')?.querySelector<HTMLElement>('[data-row-link]')
  return link ? rows.at(rows.indexOf(link.dataset.rowLink!)) : undefined
}

/** A sign is pressed like any button. */
function pressSign(event: KeyboardEvent<HTMLElement>): void {
  if ((event.key !== 'Enter' && event.key !== ' ') || !(event.target as Element).matches('[data-pip]')) return
  event.preventDefault()
  ;(event.target as HTMLElement).click()
}

/** Who walks through the list reads: it holds still. */
function held<Step>({ hold }: Following, walk: (step: Step) => void): (step: Step) => void {
  return (step) => {
    hold()
    walk(step)
  }
}

function slots(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}

const NONE: readonly string[] = []
