'use client'
import { useRouter } from 'next/navigation'
import type { MenuChoice } from '../../../web/components/menu.tsx'
import { FIRST_COLUMNS, toggled, writeColumns } from '../../model/live-columns.ts'
import { clauseOf, comparable, fieldOfPath } from '../../model/narrowing.ts'
import { maskOf } from '../../model/payload/mask.ts'
import { copyOf } from '../../model/payload/payload-copies.ts'
import type { PayloadRow } from '../../model/payload/payload-rows.ts'
import { useNarrow } from '../live/narrow.ts'
import { useCopy } from '../use-copy.ts'

/**
 * What a value of a payload can be used for: to filter the live list by it, or without it, and to see it there in a
 * column. From another page one is taken to the list.
 */
export function useValueChoices(isOfMessage: boolean): (row: PayloadRow) => MenuChoice[] {
  const router = useRouter()
  const narrow = useNarrow()
  const copy = useCopy()
  const filterBy = (clause: string) => {
    if (narrow) narrow.by(clause)
    else router.push(`/inspector/live?q=${encodeURIComponent(clause)}`)
  }
  return (row) => {
    const { path, value } = row
    const copies = [
      { title: 'Copy path', run: () => void copy(path, 'The path is copied.') },
      { title: 'Copy value', run: () => void copy(copiedValue(value), 'The value is copied.') },
    ]
    const field = fieldOfPath(path)
    // What is masked is not to be guessed by filters, and a column of masks tells nothing.
    if (!isOfMessage || !field || maskOf(value) !== null) return copies
    const text = comparable(value)
    const filters = text === null ? [] : [false, true]
    const show = () => {
      if (narrow) narrow.showColumn(field)
      else router.push(`/inspector/live?cols=${writeColumns(toggled(FIRST_COLUMNS, field)) ?? ''}`)
    }
    return [
      ...filters.map((isExcluded) => ({
        title: isExcluded ? 'Exclude this' : 'Filter by this',
        run: () => filterBy(clauseOf(field, text ?? '', isExcluded)),
      })),
      { title: narrow?.columns.includes(field) ? 'Hide this column' : 'Show as column', run: show },
      ...copies,
    ]
  }
}

/** A text without its quotes: it is pasted where one is looked for. */
function copiedValue(value: unknown): string {
  return typeof value === 'string' ? value : copyOf(value)
}
