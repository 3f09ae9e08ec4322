'use client'
import { PANEL_TABS, type PanelTab } from '../../model/live-address.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import type { Following } from './use-following.ts'

interface Panel {
  isOpen: boolean
  onTab(tab: PanelTab): void
  onClose(): void
}

/** The keys of the live list that need no row: they work while nothing is in it, too. */
export function useStreamKeys(list: Following, { isOpen, onTab, onClose }: Panel): void {
  useShortcuts('messages', {
    ...(isOpen && { panel: onClose }),
    tab: ({ key }) => onTab(PANEL_TABS[Number(key) - 1]!),
    pause: list.pausedAt === null ? list.pause : list.resumeHere,
    newest: list.jumpToNewest,
  })
}
