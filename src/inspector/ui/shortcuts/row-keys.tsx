'use client'
import { usePathname } from 'next/navigation'
import { useRef } from 'react'
import { stepInRows } from '../../model/row-walk.ts'
import { useCopy } from '../use-copy.ts'
import { undoNewest } from './newest-undo.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** Keys of every page: they walk through its rows, which are those of any list or table that lead somewhere. */
export function RowKeys() {
  const copy = useCopy()
  const walk = useRowWalk()
  const click = (selector: string) => () => rowOf(document.activeElement)?.querySelector<HTMLElement>(selector)?.click()
  useShortcuts('everywhere', {
    nextRow: () => walk(1),
    rowBefore: () => walk(-1),
    openRow: () => linkOf(rowOf(document.activeElement))?.click(),
    markRow: click('input[type=checkbox]'),
    retryRow: click('[data-retry]:not(:disabled)'),
    copyLink: () => void copy(window.location.href, 'The link is copied'),
    undo: undoNewest,
  })
  return null
}

const ROWS = 'main li, main tr, main [role=row]'
const LINK = 'a[href^="/inspector/"]'

/** Walks through the rows of the page, and remembers where it was on this page when the row there is gone. */
function useRowWalk(): (step: 1 | -1) => void {
  const page = usePathname()
  const last = useRef<{ page: string; at: number } | null>(null)
  return (step) => {
    const links = rowLinks()
    if (links.length === 0) return
    const current = linkOf(rowOf(document.activeElement))
    const found = current ? links.indexOf(current) : -1
    const isLost = document.activeElement === document.body && last.current?.page === page
    const walked = {
      count: links.length,
      at: found < 0 ? null : found,
      last: isLost && last.current ? last.current.at : null,
    }
    const next = stepInRows(walked, step)
    last.current = { page, at: next }
    links[next]?.focus()
    links[next]?.scrollIntoView({ block: 'nearest' })
  }
}

/** What the rows of the page lead to, in their order, each once. */
function rowLinks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(ROWS)]
    .filter((row) => !row.closest('nav'))
    .flatMap((row) => linkOf(row) ?? [])
    .filter((link, index, all) => all.indexOf(link) === index && link.offsetParent !== null)
}

function rowOf(element: Element | null): HTMLElement | null {
  return element?.closest<HTMLElement>(ROWS) ?? null
}

function linkOf(row: HTMLElement | null): HTMLElement | null {
  return row?.querySelector<HTMLElement>(LINK) ?? null
}
