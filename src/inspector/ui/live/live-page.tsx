'use client'
import { useState } from 'react'
import { withStretch } from '../../model/density.ts'
import { type LiveColumn, toggled } from '../../model/live-columns.ts'
import { narrowed } from '../../model/narrowing.ts'
import type { MessageRow } from '../../model/view.ts'
import { ColumnMenu } from './column-menu.tsx'
import { DensityStrip } from './density-strip.tsx'
import { FilterField } from './filter-field.tsx'
import { LiveStream } from './live-stream.tsx'
import { type Narrow, NarrowContext } from './narrow.ts'
import { SavedViews } from './saved-views.tsx'
import { useFilter } from './use-filter.ts'
import { useLiveAddress } from './use-live-address.ts'

interface Props {
  /** Oldest first. */
  initial: MessageRow[]
  /** What they are filtered by. */
  query: string
  /** Whether this viewer may retry. */
  mayAct: boolean
}

/** Every message as it comes, newest first, and what becomes of it; or what fits a filter alone. */
export function LivePage({ initial, query, mayAct }: Props) {
  const filter = useFilter()
  const address = useLiveAddress()
  const { columns } = address.address
  const [areColumnsOpen, setColumnsOpen] = useState(false)
  const [areViewsOpen, setViewsOpen] = useState(false)
  const showColumns = (next: readonly LiveColumn[]) => address.change({ columns: next })
  const narrow: Narrow = {
    by: (clause) => filter.change(narrowed(filter.typed, clause)),
    showColumn: (column) => showColumns(toggled(columns, column)),
    columns,
  }
  return (
    <NarrowContext value={narrow}>
      <div className="mx-auto flex min-h-0 w-full max-w-[104rem] flex-1 flex-col px-4 pt-4 pb-3 sm:px-6">
        <div className="mb-3 flex items-start gap-x-4">
          <h1 className="text-2xl font-semibold tracking-tight">Live</h1>
          <FilterField filter={filter} />
          <ColumnMenu columns={columns} onChange={showColumns} isOpen={areColumnsOpen} onOpenChange={setColumnsOpen} />
          <SavedViews
            filter={filter.valid}
            onChoose={filter.change}
            isOpen={areViewsOpen}
            onOpenChange={setViewsOpen}
          />
        </div>
        <DensityStrip onChoose={(stretch) => filter.change(withStretch(filter.typed, stretch))} />
        {/* Another filter is another stream: nothing of the one before is left in it. */}
        <LiveStream
          key={filter.valid}
          filter={filter.valid}
          initial={filter.valid === query.trim() ? initial : NONE}
          address={address}
          isMenuOpen={areColumnsOpen || areViewsOpen}
          mayAct={mayAct}
          onClear={() => filter.change('')}
          onFollow={(conversationId) => filter.change(`id:${conversationId}`)}
        />
      </div>
    </NarrowContext>
  )
}

const NONE: MessageRow[] = []
