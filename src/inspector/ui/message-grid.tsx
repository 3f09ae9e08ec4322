'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { MessageGridRow } from './message-grid-row.tsx'
import type { Following } from './use-following.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { useMessageKeys } from './use-message-keys.ts'
import { useRowCursor } from './use-row-cursor.ts'

const ROW_PX = 36
/** On a phone a row has two lines. */
const CARD_PX = 60
const EDGE_PX = 60

interface Props {
  list: Following
  mayAct: boolean
  onFollow(conversationId: string): void
}

/** The messages as a grid of which only what is in view is drawn. Keys walk through it: `?` lists them. */
export function MessageGrid({ list, mayAct, onFollow }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const { rows } = list
  const height = useIsNarrow() ? CARD_PX : ROW_PX
  const [conversation, setConversation] = useState<string | null>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.messageId ?? index,
    overscan: 12,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured holds for one height of rows
  useEffect(() => virtual.measure(), [virtual, height])
  const cursor = useRowCursor({ rows, scroller, virtual })
  const jump = () => {
    list.jumpToNewest()
    scroller.current?.scrollTo({ top: 0 })
  }
  useMessageKeys({ list, cursor, mayAct, jump, onFollow })
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {list.news.count > 0 && (
        <div className="absolute inset-x-0 top-11 z-10 flex justify-center">
          <Button size="small" onClick={jump} className="appearing rounded-full">
            <ArrowUp size={14} aria-hidden="true" /> {list.news.count} new
            {list.news.failed > 0 && `, ${list.news.failed} failed`}
          </Button>
        </div>
      )}
      <div
        ref={scroller}
        role="grid"
        aria-label="Messages"
        aria-rowcount={rows.length + 1}
        tabIndex={-1}
        onPointerLeave={() => setConversation(null)}
        onScroll={({ currentTarget }) => list.setAtTop(currentTarget.scrollTop <= EDGE_PX)}
        className="min-h-0 flex-1 overflow-auto rounded-md border border-line bg-raised"
      >
        <div
          role="row"
          aria-rowindex={1}
          className="grid-row sticky top-0 z-[1] border-b border-l-2 border-line border-l-transparent bg-raised text-xs text-muted max-sm:hidden"
        >
          {['Time', 'Message', 'Deliveries', 'Took', 'Conversation'].map((title) => (
            <div key={title} role="columnheader">
              {title}
            </div>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const message = rows[item.index]
            return (
              message && (
                <MessageGridRow
                  key={item.key}
                  message={message}
                  index={item.index}
                  top={item.start}
                  height={height}
                  isKin={message.conversationId === conversation}
                  onLook={setConversation}
                  onReach={cursor.setCurrent}
                />
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}
