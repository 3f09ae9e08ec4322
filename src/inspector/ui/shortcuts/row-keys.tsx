'use client'
import { useCopy } from '../use-copy.ts'
import { undoNewest } from './newest-undo.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** Keys of every page: they walk through its rows, which are those of any list or table that lead somewhere. */
export function RowKeys() {
  const copy = useCopy()
  const click = (selector: string) => () => rowOf(document.activeElement)?.querySelector<HTMLElement>(selector)?.click()
  useShortcuts('everywhere', {
    nextRow: () => walkRows(1),
    rowBefore: () => walkRows(-1),
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

function walkRows(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>(ROWS)]
    .filter((row) => !row.closest('nav'))
    .flatMap((row) => linkOf(row) ?? [])
    .filter((link, index, all) => all.indexOf(link) === index && link.offsetParent !== null)
  if (links.length === 0) return
  const current = linkOf(rowOf(document.activeElement))
  const at = current ? links.indexOf(current) : -1
  const next = at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))
  links[next]?.focus()
  links[next]?.scrollIntoView({ block: 'nearest' })
}

function rowOf(element: Element | null): HTMLElement | null {
  return element?.closest<HTMLElement>(ROWS) ?? null
}

function linkOf(row: HTMLElement | null): HTMLElement | null {
  return row?.querySelector<HTMLElement>(LINK) ?? null
}
