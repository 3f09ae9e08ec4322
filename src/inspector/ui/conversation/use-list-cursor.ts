'use client'
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react'
import { listMove } from './list-keys.ts'
import { useOpenMessage } from './message-link.tsx'
import { scrollToRow } from './use-rows-in-view.ts'

export interface Item {
  key?: string
  /** What of it stands in the address. */
  id?: string
  /** The message that it belongs to. */
  message?: { id: string }
}

export interface ListCursorOptions {
  rowPx: number
  selected: string | null
  onSelect(id: string): void
  /** Where another key leads. */
  elsewhere?(key: string, index: number): number | null
}

/** Which row of a list the keys are at. Several may have the id that is selected: then it is the one they came to. */
export function useListCursor(
  scroller: RefObject<HTMLElement | null>,
  items: readonly Item[],
  options: ListCursorOptions,
) {
  const { rowPx, selected, onSelect, elsewhere } = options
  const openMessage = useOpenMessage()
  const [place, setPlace] = useState(-1)
  const isThere =
    selected !== null && (items[place]?.id === selected || (place >= 0 && items[place] && !items[place].id))
  const index = isThere ? place : selected === null ? -1 : items.findIndex((each) => each.id === selected)
  const goTo = (to: number) => {
    setPlace(to)
    const id = items[to]?.id
    if (id) onSelect(id)
    scrollToRow(scroller.current, to, rowPx)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' && items[index]?.message) openMessage(items[index].message.id)
    const to = listMove(event.key, items.length, index) ?? elsewhere?.(event.key, index) ?? null
    if (to === null) return
    event.preventDefault()
    goTo(to)
  }
  // Whoever comes by a link, or by a key, sees what it names.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes in above moves the row, not its reader
  useEffect(() => scrollToRow(scroller.current, index, rowPx), [selected])
  return { index, goTo, onKeyDown }
}
