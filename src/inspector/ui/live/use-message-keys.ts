'use client'
import type { MessageRow } from '../../model/view.ts'
import { useFollowMessage } from '../follow/use-follow-message.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import type { Marks } from './use-marks.ts'
import type { RowActions } from './use-row-actions.ts'
import type { useRowCursor } from './use-row-cursor.ts'

interface Live {
  cursor: ReturnType<typeof useRowCursor>
  actions: RowActions
  marks: Marks
  onFollow(conversationId: string): void
  /** Shows a message at the side; null while one is there. */
  onShow: ((messageId: string) => void) | null
}

/** The keys of the live list that are about a row. What is marked is meant where some messages can be; else the row one is at. */
export function useMessageKeys({ cursor, actions, marks, onFollow, onShow }: Live): void {
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
    ...(current && { nextDelivery: () => cursor.goToSign(1), deliveryBefore: () => cursor.goToSign(-1) }),
    open: on(actions.open),
    ...(onShow && { panel: on(({ messageId }) => onShow(messageId)) }),
    mark: on(marks.toggle),
    conversation: on(({ conversationId }) => onFollow(conversationId)),
    follow: on(({ messageId }) => void followMessage(messageId)),
    copyId: onSome(actions.copyIds),
    copyLink: on(actions.copyLink),
    retry: onSome(actions.retry),
  })
}
