'use client'
import { PANEL_TABS, type PanelTab } from '../../model/live-address.ts'
import type { MessageRow } from '../../model/view.ts'
import { useFollowMessage } from '../follow/use-follow-message.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import type { Following } from './use-following.ts'
import type { Marks } from './use-marks.ts'
import type { RowActions } from './use-row-actions.ts'
import type { useRowCursor } from './use-row-cursor.ts'

interface Live {
  list: Following
  cursor: ReturnType<typeof useRowCursor>
  actions: RowActions
  marks: Marks
  onFollow(conversationId: string): void
  onTab(tab: PanelTab): void
  /** Opens the side panel, or closes it. */
  toggle(): void
}

/** The keys of the live list. What is marked is meant where some messages can be; else the row one is at. */
export function useMessageKeys({ list, cursor, actions, marks, onFollow, onTab, toggle }: Live): void {
  const { current } = cursor
  const followMessage = useFollowMessage()
  const on = (act: (message: MessageRow) => void) => () => {
    if (current) act(current)
  }
  const onSome = (act: (messages: readonly MessageRow[]) => void) => () => {
    if (marks.messages.length > 0) act(marks.messages)
    else if (current) act([current])
  }
  useShortcuts('messages', {
    next: () => cursor.move(1),
    before: () => cursor.move(-1),
    nextFailure: () => cursor.goToFailure(1),
    failureBefore: () => cursor.goToFailure(-1),
    open: on(actions.open),
    panel: toggle,
    tab: ({ key }) => onTab(PANEL_TABS[Number(key) - 1]!),
    mark: on(marks.toggle),
    conversation: on(({ conversationId }) => onFollow(conversationId)),
    follow: on(({ messageId }) => void followMessage(messageId)),
    copyId: onSome(actions.copyIds),
    copyLink: on(actions.copyLink),
    retry: onSome(actions.retry),
    pause: list.pausedAt === null ? list.pause : list.resumeHere,
    newest: list.jumpToNewest,
  })
}
