'use client'
import type { MessageRow } from '../../model/view.ts'
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
  /** Opens the side panel, or closes it. */
  toggle(): void
}

/** The keys of the live list. What is marked is meant where some messages can be; else the row one is at. */
export function useMessageKeys({ list, cursor, actions, marks, onFollow, toggle }: Live): void {
  const { current } = cursor
  const on = (act: (message: MessageRow) => void) => () => {
    if (current) act(current)
  }
  const onSome = (act: (messages: readonly MessageRow[]) => void) => () => {
    if (marks.messages.length > 0) act(marks.messages)
    else if (current) act([current])
  }
  useShortcuts('Messages', [
    { keys: ['j', 'ArrowDown'], says: 'Next message', run: () => cursor.move(1) },
    { keys: ['k', 'ArrowUp'], says: 'Message before', run: () => cursor.move(-1) },
    { keys: ['e'], says: 'Next failure', run: () => cursor.goToFailure(1) },
    { keys: ['E'], says: 'Failure before', run: () => cursor.goToFailure(-1) },
    { keys: ['Enter'], says: 'Open it', run: on(actions.open) },
    { keys: ['o'], says: 'Show it at the side, or not', run: toggle },
    { keys: ['x'], says: 'Mark it, or not', run: on(marks.toggle) },
    { keys: ['f'], says: 'Follow its conversation', run: on(({ conversationId }) => onFollow(conversationId)) },
    { keys: ['c'], says: 'Copy its id, or those of all marked', run: onSome(actions.copyIds) },
    { keys: ['C'], says: 'Copy a link to it', run: on(actions.copyLink) },
    { keys: ['r'], says: 'Retry what died of it, or of all marked', run: onSome(actions.retry) },
    { keys: ['Space'], says: 'Pause, and go on from here', run: list.pausedAt === null ? list.pause : list.resumeHere },
    { keys: ['End'], says: 'To the newest', run: list.jumpToNewest },
  ])
}
