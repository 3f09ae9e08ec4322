'use client'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useToasts } from '../../../web/components/toasts.tsx'
import type { MessageRow } from '../../model/view.ts'
import { type SelectedAction, useSelectedActions } from '../palette/selected.ts'
import { useActions } from '../use-actions.ts'
import { useCopy } from '../use-copy.ts'

export interface RowActions {
  open(message: MessageRow): void
  retry(messages: readonly MessageRow[]): void
  copyIds(messages: readonly MessageRow[]): void
  copyLink(message: MessageRow): void
}

/** What can be done to a message of the list, or to some. */
export function useRowActions(mayAct: boolean): RowActions {
  const router = useRouter()
  const actions = useActions()
  const toasts = useToasts()
  const copy = useCopy()
  return {
    open: ({ messageId }) => router.push(`/inspector/m/${messageId}`),
    retry: (messages) => {
      const dead = messages.flatMap((each) => each.deliveries).filter((each) => each.state === 'dead')
      if (!mayAct) return void toasts.add({ title: 'Only an operator may retry.' })
      if (dead.length === 0) return void toasts.add({ title: 'Nothing of it is dead: there is nothing to retry.' })
      for (const { deliveryId } of dead) actions.retry(deliveryId)
    },
    copyIds: (messages) =>
      void copy(
        messages.map((each) => each.messageId).join('\n'),
        messages.length === 1 ? 'The id is copied' : 'The ids are copied',
      ),
    copyLink: ({ messageId }) =>
      void copy(new URL(`/inspector/m/${messageId}`, location.href).href, 'The link is copied'),
  }
}

/** Offers in the palette what can be done to the row one is at. */
export function useRowCommands(message: MessageRow | null, actions: RowActions, onFollow: (id: string) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: offered anew for another message, not for every batch
  const commands = useMemo<SelectedAction[]>(() => {
    if (!message) return []
    const { name } = message
    return [
      { title: `Open ${name}`, words: 'selected message', run: () => actions.open(message) },
      { title: 'Follow its conversation', words: name, run: () => onFollow(message.conversationId) },
      { title: 'Copy its id', words: name, run: () => actions.copyIds([message]) },
      { title: 'Copy a link to it', words: name, run: () => actions.copyLink(message) },
      { title: 'Retry what died of it', words: name, run: () => actions.retry([message]) },
    ]
  }, [message])
  useSelectedActions(commands)
}
