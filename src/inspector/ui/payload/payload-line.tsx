import clsx from 'clsx'
import { type CSSProperties, useState } from 'react'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { MASK } from '../../model/payload/mask.ts'
import { LONGEST_TEXT, type PayloadRow } from '../../model/payload/payload-rows.ts'
import type { PayloadSource } from '../../model/payload/payload-source.ts'

interface Props {
  row: PayloadRow
  source: PayloadSource
  isSelected: boolean
  onSelect(path: string): void
  onFold(path: string, isOpen: boolean): void
}

export function PayloadLine({ row, source, isSelected, onSelect, onFold }: Props) {
  const { path, label, level, hasChildren, isOpen, isRange } = row
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keys
    <div
      role="treeitem"
      id={payloadLineId(path)}
      aria-level={level}
      aria-selected={isSelected}
      aria-expanded={hasChildren ? isOpen : undefined}
      tabIndex={-1}
      onClick={() => onSelect(path)}
      // What is right-clicked is what its menu is about.
      onContextMenu={() => onSelect(path)}
      className={clsx(
        'flex items-start gap-2 pr-3',
        isSelected ? 'bg-tint shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-tint',
      )}
      style={{ paddingLeft: `${0.5 + (level - 1) * 1}rem` } as CSSProperties}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-label={`${isOpen ? 'Fold' : 'Unfold'} ${label}`}
        onClick={() => onFold(path, !isOpen)}
        className={clsx('mt-1 grid size-4 shrink-0 place-items-center rounded text-muted', !hasChildren && 'invisible')}
      >
        <span aria-hidden="true" className={isOpen ? 'rotate-90' : ''}>
          ›
        </span>
      </button>
      <span className="max-w-3/5 min-w-8 shrink-0 [overflow-wrap:anywhere] text-muted">
        <ForeignText text={isRange ? `[${label}]` : label} />
      </span>
      {!isRange && <Value row={row} source={source} />}
    </div>
  )
}

function Value({ row: { path, shown, isOpen }, source }: Pick<Props, 'row' | 'source'>) {
  const [whole, setWhole] = useState<string | null>(null)
  if (shown.is === 'masked') {
    return (
      <span>
        {MASK} <span className="font-sans text-xs text-muted">{shown.why}</span>
      </span>
    )
  }
  if (shown.is === 'whole') return isOpen ? null : <span className="text-xs leading-6 text-muted">{shown.size}</span>
  const isCut = shown.length > LONGEST_TEXT && whole === null
  return (
    <span className="min-w-0 [overflow-wrap:anywhere]">
      <ForeignText text={isCut ? `${shown.text}…` : (whole ?? shown.text)} />
      {isCut && (
        <button
          type="button"
          onClick={() => void Promise.resolve(source.text(path)).then(setWhole)}
          className="ml-2 font-sans text-xs text-accent underline underline-offset-4"
        >
          Show all {shown.length.toLocaleString('en')} characters
        </button>
      )}
    </span>
  )
}

export function payloadLineId(path: string): string {
  return `payload ${path}`.replaceAll(' ', '-')
}
