'use client'
import clsx from 'clsx'
import { useState } from 'react'
import type { CellValue } from '../../model/column-values.ts'
import { worstFailing } from '../../model/failing.ts'
import type { LiveColumn } from '../../model/live-columns.ts'
import type { MessageRow } from '../../model/view.ts'
import { lit } from '../follow/lit.ts'
import { MessageCells } from './message-cells.tsx'
import { useNarrow } from './narrow.ts'

interface Props {
  message: MessageRow
  /** Of its type, and what that says. */
  title: string
  /** Milliseconds since the message before; null where that is not known. */
  sinceBefore: number | null
  /** How long messages of its type usually take at most; undefined where that is not known. */
  usualMs: number | undefined
  /** Its place from the top. */
  slot: number
  height: number
  /** Whether there is room for the words of an error. */
  isRoomy: boolean
  columns: readonly LiveColumn[]
  /** Of the payload, for the columns that show some of it; undefined while they are not known. */
  values: readonly (CellValue | null)[] | undefined
  /** About what is followed. */
  isLit: boolean | undefined
  /** Of the same conversation as the row one looks at. */
  isKin: boolean
  /** Of another one, while one points at the tag of a conversation. */
  isDimmed: boolean
  isCurrent: boolean
  isMarked: boolean
  /** It is to be shown at the side; or one of its deliveries. */
  onOpen(messageId: string, deliveryId: string | null): void
  onMark(message: MessageRow): void
  /** It has the focus now. */
  onReach(messageId: string): void
}

const FRESH_MS = 2_000

const EDGES = { dead: 'border-l-state-dead', retrying: 'border-l-state-retrying' } as const

/** One message in the live list. When it only moves, nothing in it is drawn again. */
export function MessageGridRow(props: Props) {
  const {
    message,
    title,
    sinceBefore,
    usualMs,
    slot,
    height,
    columns,
    values,
    isRoomy,
    isLit,
    isKin,
    isDimmed,
    isCurrent,
    isMarked,
    onOpen,
    onMark,
    onReach,
  } = props
  const failing = worstFailing(message.deliveries)
  const narrow = useNarrow()
  // Only what has just come lights up, not what is scrolled into view.
  const [isFresh] = useState(() => Date.now() - Date.parse(message.occurredAt) < FRESH_MS)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys have `o`
    <div
      role="row"
      {...lit(isLit)}
      aria-rowindex={slot + 2}
      aria-selected={isMarked}
      aria-current={isCurrent || undefined}
      onClick={(event) => {
        const { target } = event
        if (!(target instanceof Element)) return
        if (target.closest('[data-mark]')) return onMark(message)
        const pointed = target.closest<HTMLElement>('[data-clause]')
        if (narrow && pointed && (event.altKey || pointed.tagName === 'BUTTON')) {
          event.preventDefault()
          narrow.by(`${event.altKey ? '-' : ''}${pointed.dataset.clause}`)
          // Its links go where they say.
        } else if (!target.closest('a, button'))
          onOpen(message.messageId, target.closest<HTMLElement>('[data-pip]')?.dataset.pip ?? null)
      }}
      // The first of two clicks has opened it at the side.
      onDoubleClick={({ target, currentTarget }) => {
        if (target instanceof Element && !target.closest('a, button, input'))
          currentTarget.querySelector<HTMLElement>('[data-row-link]')?.click()
      }}
      className={clsx(
        'group grid-row absolute inset-x-0 top-0 border-b border-l-[3px] border-b-line focus-within:bg-tint hover:bg-tint',
        isFresh && 'arrived',
        isDimmed && 'opacity-60',
        (isKin || isCurrent) && 'bg-tint',
        isMarked && 'bg-[color-mix(in_srgb,var(--accent)_14%,var(--raised))]!',
        failing ? EDGES[failing.state === 'dead' ? 'dead' : 'retrying'] : 'border-l-transparent',
      )}
      style={{ transform: `translateY(${slot * height}px)`, height }}
    >
      <MessageCells
        message={message}
        title={title}
        sinceBefore={sinceBefore}
        usualMs={usualMs}
        columns={columns}
        values={values}
        isRoomy={isRoomy}
        isMarked={isMarked}
        onReach={onReach}
      />
    </div>
  )
}
