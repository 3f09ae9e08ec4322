'use client'
import { useTaste } from '../../../web/taste.ts'
import { useIsNarrow } from '../use-is-narrow.ts'

const ROW_PX = { compact: 28, comfortable: 36 } as const
/** On a phone a row has two lines. */
const CARD_PX = 60

/** Pixels of every row of the live list, as its reader likes it. */
export function useRowHeight(): number {
  const { density } = useTaste()
  return useIsNarrow() ? CARD_PX : ROW_PX[density]
}
