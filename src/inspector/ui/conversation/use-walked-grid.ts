import { useRef } from 'react'
import { type Item, type ListCursorOptions, useListCursor } from './use-list-cursor.ts'
import { useRowsInView } from './use-rows-in-view.ts'

interface Options extends ListCursorOptions {
  /** Of the element of a row. */
  idAt(index: number): string
}

/** A grid of rows of one height that keys walk through: which of them are drawn, and what its element is given. */
export function useWalkedGrid(rows: readonly Item[], { idAt, ...cursor }: Options) {
  const scroller = useRef<HTMLDivElement>(null)
  const view = useRowsInView(scroller, rows.length, cursor.rowPx)
  const { index, goTo, onKeyDown } = useListCursor(scroller, rows, cursor)
  const grid = {
    ref: scroller,
    'aria-rowcount': rows.length + 1,
    'aria-activedescendant': index >= view.from && index < view.to ? idAt(index) : undefined,
    tabIndex: 0,
    onKeyDown,
  }
  return { grid, view, index, goTo }
}
