'use client'
import { useRouter } from 'next/navigation'
import type { MenuChoice } from '../../../web/components/menu.tsx'
import { FIRST_COLUMNS, toggled, writeColumns } from '../../model/live-columns.ts'
import { clauseOf, comparable, fieldOfPath } from '../../model/narrowing.ts'
import { parseExact } from '../../model/payload/exact-json.ts'
import { LONGEST_TEXT, type PayloadRow, type Shown } from '../../model/payload/payload-rows.ts'
import type { PayloadSource } from '../../model/payload/payload-source.ts'
import { useNarrow } from '../live/narrow.ts'
import { useCopy } from '../use-copy.ts'

/**
 * What a value of a payload can be used for: to filter the live list by it, or without it, and to see it there in a
 * column. From another page one is taken to the list.
 */
export function useValueChoices(source: PayloadSource, isOfMessage: boolean): (row: PayloadRow) => MenuChoice[] {
  const router = useRouter()
  const narrow = useNarrow()
  const copy = useCopy()
  const filterBy = (clause: string) => {
    if (narrow) narrow.by(clause)
    else router.push(`/inspector/live?q=${encodeURIComponent(clause)}`)
  }
  return (row) => {
    const { path, shown } = row
    const copies = [
      { title: 'Copy path', run: () => void copy(path, 'The path is copied.') },
      { title: 'Copy value', run: () => void copy(source.copied(path), 'The value is copied.') },
    ]
    const field = fieldOfPath(path)
    // What is masked is not to be guessed by filters, and a column of masks tells nothing.
    if (!isOfMessage || !field || shown.is === 'masked') return copies
    const text = comparableOf(shown)
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

/** What of a value a filter can ask for: of a list, an object and a long text nothing. */
function comparableOf(shown: Shown): string | null {
  return shown.is === 'value' && shown.length <= LONGEST_TEXT ? comparable(parseExact(shown.text)) : null
}
