import clsx from 'clsx'
import type { ReactNode } from 'react'

/** Cells of tables whose rows are slips of their own where the window is narrower. */
const LOOKS = {
  lg: { cell: 'py-1.5 pr-3 last:pr-0 max-lg:block max-lg:p-0', value: 'lg:text-right', label: 'lg:hidden' },
  '84rem': {
    cell: 'py-2 pr-2.5 last:pr-0 max-[84rem]:block max-[84rem]:p-0',
    value: 'min-[84rem]:text-right',
    label: 'min-[84rem]:hidden',
  },
} as const

interface CellProps {
  className?: string
  children: ReactNode
}

interface ValueProps {
  /** Its column's name, said where there are no columns. */
  label: string
  isBad?: boolean
  children: ReactNode
}

/** The cells of a table that is one from a width on. */
export function slipCells(from: keyof typeof LOOKS) {
  const look = LOOKS[from]
  function Cell({ className, children }: CellProps) {
    return <td className={clsx(look.cell, className)}>{children}</td>
  }
  function Value({ label, isBad = false, children }: ValueProps) {
    return (
      <Cell className={look.value}>
        <span aria-hidden="true" className={clsx('block text-xs text-muted', look.label)}>
          {label}
        </span>
        <span className={clsx('font-mono text-xs whitespace-nowrap', isBad && 'font-semibold text-danger')}>
          {children}
        </span>
      </Cell>
    )
  }
  return { Cell, Value }
}
