'use client'
import { type ConversationAddress, VIEWS } from '../../model/timeline/address.ts'
import { type Axis, zoomed } from '../../model/timeline/axis.ts'
import type { Timeline, TimelineMessage } from '../../model/timeline/timeline.ts'
import { failureAfter, parentOf, type TreeRow } from '../../model/timeline/tree-rows.ts'
import { useFollowMessage } from '../follow/use-follow-message.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { useCopy } from '../use-copy.ts'
import type { ChangeAddress } from './use-address.ts'
import type { Player } from './use-player.ts'

interface Page {
  timeline: Timeline
  /** The rows of the tree that are shown. */
  rows: readonly TreeRow[]
  axis: Axis
  address: ConversationAddress
  player: Player
  change: ChangeAddress
  step(direction: 1 | -1): void
}

/** The keys of a conversation, in whichever of its views. */
export function useConversationKeys({ timeline, rows, axis, address, player, change, step }: Page): void {
  const copy = useCopy()
  const followMessage = useFollowMessage()
  const { messages, conversationId } = timeline
  const index = rows.findIndex((each) => each.id === address.selected)
  const select = (id: string | undefined) => {
    if (id === undefined) return
    change({ selected: id })
    grid()?.focus({ preventScroll: true })
  }
  const selectMessage = (direction: 1 | -1) => {
    const row = rows[index]
    const own = row?.kind === 'node' ? row.node.message.id : address.selected
    const at = messages.findIndex((each) => each.id === own)
    select(messages[at < 0 ? 0 : at + direction]?.id)
  }
  const follow = () => {
    const { selected } = address
    const isAt = (message: TimelineMessage) =>
      message.id === selected || message.deliveries.some((each) => each.id === selected)
    const message = messages.find(isAt) ?? messages[0]
    if (message) void followMessage(message.id)
  }
  useShortcuts('conversation', {
    view: ({ key }) => change({ view: VIEWS[Number(key) - 1]! }),
    next: pressInGrid,
    before: pressInGrid,
    nextFailure: () => select(failureAfter(rows, index, 1)?.id),
    failureBefore: () => select(failureAfter(rows, index, -1)?.id),
    root: () => select(rows[0]?.id),
    parent: () => select(parentOf(rows, index)?.id),
    nextMessage: () => selectMessage(1),
    messageBefore: () => selectMessage(-1),
    zoomIn: () => change({ zoom: zoomed(axis, 0.5, 0.5) }),
    zoomOut: () => change({ zoom: zoomed(axis, 2, 0.5) }),
    zoomAll: () => change({ zoom: null }),
    play: player.toggle,
    step: () => step(1),
    stepBack: () => step(-1),
    follow,
    copyId: () => void copy(address.selected ?? conversationId, 'The id is copied'),
  })
}

/** Each view knows by itself where its keys lead: whoever has not gone into it yet is taken there by the first press. */
function pressInGrid({ key }: KeyboardEvent): void {
  const view = grid()
  if (!view || view === document.activeElement) return
  view.focus()
  view.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}

function grid(): HTMLElement | null {
  return document.querySelector<HTMLElement>('#conversation-view > [tabindex="0"]')
}
