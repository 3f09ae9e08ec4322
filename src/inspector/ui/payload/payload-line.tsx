import clsx from 'clsx'
import { type CSSProperties, useState } from 'react'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { MASK, maskOf } from '../../model/payload/mask.ts'
import { type PayloadRow, textOf } from '../../model/payload/payload-rows.ts'

/** A longer text is cut until one wants to see it. */
const LONGEST_TEXT = 200

interface Props {
  row: PayloadRow
  isSelected: boolean
  onSelect(path: string): void
  onFold(path: string, isOpen: boolean): void
}

export function PayloadLine({ row, isSelected, onSelect, onFold }: Props) {
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
      <span className="min-w-8 [overflow-wrap:anywhere] text-muted">
        <ForeignText text={isRange ? `[${label}]` : label} />
      </span>
      {!isRange && <Value row={row} />}
    </div>
  )
}

function Value({ row: { value, hasChildren, isOpen } }: { row: PayloadRow }) {
  const [isWhole, setWhole] = useState(false)
  const mask = maskOf(value)
  if (mask) {
    return (
      <span>
        {MASK} <span className="font-sans text-xs text-muted">{mask}</span>
      </span>
    )
  }
  if (hasChildren) return isOpen ? null : <span className="text-xs leading-6 text-muted">{sizeOf(value)}</span>
  if (Array.isArray(value)) return <span className="text-muted">[ ]</span>
  const text = typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? '{ }' : textOf(value)
  const isCut = text.length > LONGEST_TEXT && !isWhole
  return (
    <span className="min-w-0 [overflow-wrap:anywhere]">
      <ForeignText text={isCut ? `${text.slice(0, LONGEST_TEXT)}…` : text} />
      {isCut && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="ml-2 font-sans text-xs text-accent underline underline-offset-4"
        >
          Show all {text.length.toLocaleString('en')} characters
        </button>
      )}
    </span>
  )
}

function sizeOf(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} items`
  return `${Object.keys(value as object).length} fields`
}

export function payloadLineId(path: string): string {
  return `payload ${path}`.replaceAll(' ', '-')
}
