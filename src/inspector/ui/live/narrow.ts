'use client'
import { createContext, useContext } from 'react'
import type { LiveColumn, PayloadColumn } from '../../model/live-columns.ts'

/** What can be done with a value that one points at, where there is a live list to narrow. */
export interface Narrow {
  /** Adds a clause to the filter. */
  by(clause: string): void
  showColumn(column: PayloadColumn): void
  columns: readonly LiveColumn[]
}

/** Null on pages without a list: there one is taken to it. */
export const NarrowContext = createContext<Narrow | null>(null)

export function useNarrow(): Narrow | null {
  return useContext(NarrowContext)
}
