'use client'
import { useRouter } from 'next/navigation'
import { useToasts } from '../../../web/components/toasts.tsx'
import type { MessageRow } from '../../model/view.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { useActions } from '../use-actions.ts'
import type { Following } from './use-following.ts'
import type { useRowCursor } from './use-row-cursor.ts'

interface Live {
  list: Following
  cursor: ReturnType<typeof useRowCursor>
  /** Whether this viewer may retry. */
  mayAct: boolean
  onFollow(conversationId: string): void
  /** Opens the side panel, or closes it. */
  toggle(): void
}

/** The keys of the live list. */
export function useMessageKeys({ list, cursor, mayAct, onFollow, toggle }: Live): void {
  const router = useRouter()
  const retry = useRetry(mayAct)
  const copy = useCopy()
  const { current } = cursor
  const on = (act: (message: MessageRow) => void) => () => {
    if (current) act(current)
  }
  useShortcuts('Messages', [
    { keys: ['j', 'ArrowDown'], says: 'Next message', run: () => cursor.move(1) },
    { keys: ['k', 'ArrowUp'], says: 'Message before', run: () => cursor.move(-1) },
    { keys: ['e'], says: 'Next failure', run: () => cursor.goToFailure(1) },
    { keys: ['E'], says: 'Failure before', run: () => cursor.goToFailure(-1) },
    { keys: ['Enter'], says: 'Open it', run: on(({ messageId }) => router.push(`/inspector/m/${messageId}`)) },
    { keys: ['o'], says: 'Show it at the side, or not', run: toggle },
    { keys: ['f'], says: 'Follow its conversation', run: on(({ conversationId }) => onFollow(conversationId)) },
    { keys: ['c'], says: 'Copy its id', run: on(({ messageId }) => copy(messageId, 'The id')) },
    {
      keys: ['C'],
      says: 'Copy a link to it',
      run: on(({ messageId }) => copy(new URL(`/inspector/m/${messageId}`, location.href).href, 'The link')),
    },
    { keys: ['r'], says: 'Retry what died of it', run: on(retry) },
    { keys: ['Space'], says: 'Pause, and go on from here', run: list.pausedAt === null ? list.pause : list.resumeHere },
    { keys: ['End'], says: 'To the newest', run: list.jumpToNewest },
  ])
}

/** Retries each dead delivery of a message; says so when there is none, or no right to. */
function useRetry(mayAct: boolean): (message: MessageRow) => void {
  const actions = useActions()
  const toasts = useToasts()
  return ({ deliveries }) => {
    const dead = deliveries.filter((each) => each.state === 'dead')
    if (!mayAct) return void toasts.add({ title: 'Only an operator may retry.' })
    if (dead.length === 0) return void toasts.add({ title: 'Nothing of it is dead: there is nothing to retry.' })
    for (const { deliveryId } of dead) actions.retry(deliveryId)
  }
}

function useCopy(): (text: string, what: string) => void {
  const toasts = useToasts()
  return (text, what) => {
    // Browsers lend the clipboard to secure pages only: elsewhere the text itself is shown, to be copied by hand.
    if (!('clipboard' in navigator)) return void toasts.add({ title: text })
    void navigator.clipboard.writeText(text).then(
      () => toasts.add({ title: `${what} is copied`, timeout: 3_000 }),
      () => toasts.add({ title: text }),
    )
  }
}
