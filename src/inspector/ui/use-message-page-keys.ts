'use client'
import { useRouter } from 'next/navigation'
import { flushSync } from 'react-dom'
import { isFailing } from '../model/failing.ts'
import type { Neighbours } from '../model/neighbours.ts'
import type { LaneView, MessageDetail } from '../model/view.ts'
import { useFollowMessage } from './follow/use-follow-message.ts'
import { panFocus, panTo } from './pan.ts'
import { useShortcuts } from './shortcuts/use-shortcuts.ts'
import type { Actions } from './use-actions.ts'
import { useCopy } from './use-copy.ts'

interface Page {
  message: MessageDetail
  /** The delivery one is at. */
  lane: LaneView | undefined
  neighbours: Neighbours | null
  mayAct: boolean
  actions: Actions
  onSelect(deliveryId: string): void
}

/** The keys of a message's page: through its lanes, and from message to message. */
export function useMessagePageKeys({ message, lane, neighbours, mayAct, actions, onSelect }: Page): void {
  const router = useRouter()
  const copy = useCopy()
  const followMessage = useFollowMessage()
  const { deliveries, cause, messageId, conversationId } = message
  const goTo = (target: LaneView | undefined) => {
    if (!target) return
    // A lane that was folded away is there before it is looked for.
    flushSync(() => onSelect(target.deliveryId))
    const button = document.querySelector<HTMLElement>(`[data-lane="${target.deliveryId}"]`)
    if (button) panFocus(button)
  }
  const isAtLane = () => document.activeElement?.closest('[data-lane]') !== null
  const walk = (step: 1 | -1) => () => {
    const at = lane ? deliveries.indexOf(lane) : -1
    goTo(isAtLane() ? deliveries[at + step] : (lane ?? deliveries[0]))
  }
  const walkFailures = (step: 1 | -1) => () => {
    const from = lane && isAtLane() ? deliveries.indexOf(lane) : step === 1 ? -1 : deliveries.length
    const ahead = step === 1 ? deliveries.slice(from + 1) : deliveries.slice(0, from).reverse()
    goTo(ahead.find(isFailing))
  }
  const open = (id: string | null | undefined, side: 'left' | 'right') => () => {
    if (!id || id === messageId) return
    panTo(id, side)
    router.push(`/inspector/m/${id}`)
  }
  useShortcuts('message', {
    next: walk(1),
    before: walk(-1),
    nextFailure: walkFailures(1),
    failureBefore: walkFailures(-1),
    root: open(neighbours?.first, 'left'),
    parent: open(cause?.messageId, 'left'),
    nextMessage: open(neighbours?.next, 'right'),
    messageBefore: open(neighbours?.before, 'left'),
    conversation: () => router.push(`/inspector/c/${conversationId}?sel=${messageId}`),
    follow: () => void followMessage(messageId),
    copyId: () => void copy(messageId, 'The id is copied'),
    retry: () => {
      if (lane?.state === 'dead' && mayAct && !actions.isBusy) actions.retry(lane.deliveryId)
    },
  })
}
