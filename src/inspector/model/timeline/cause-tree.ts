/**
 * A conversation as a tree: a message, below it its deliveries, below each what its handler sent. It lies in one array
 * in the order in which it is read, and every node knows where what is below it ends: folding is skipping, and a count
 * over what is hidden is a subtraction. Nothing here is recursive: a process that talks to itself is thousands deep.
 */
import { isFailing } from '../failing.ts'
import type { Timeline, TimelineDelivery, TimelineMessage } from './timeline.ts'

interface Node {
  /** Of the message, or of the delivery. */
  id: string
  /** 1 at the top. */
  level: number
  /** Place among its siblings, from 1. */
  position: number
  siblings: number
  /** Index after the last node below it. */
  end: number
  message: TimelineMessage
}

export interface MessageNode extends Node {
  kind: 'message'
}

export interface DeliveryNode extends Node {
  kind: 'delivery'
  delivery: TimelineDelivery
}

export type TreeNode = MessageNode | DeliveryNode

export interface CauseTree {
  nodes: readonly TreeNode[]
  /** Before each index: how many messages and how many deliveries there are that failed for good, or are failing. */
  messagesBefore: Uint32Array
  failingBefore: Uint32Array
}

/** Whose cause is not there stands at the top. */
export function causeTreeOf(timeline: Timeline): CauseTree {
  const childrenOf = groupByCause(timeline)
  const nodes: TreeNode[] = []
  const waiting = sendersOf(childrenOf.get(null) ?? [], 1).reverse()
  const open: TreeNode[] = []
  const closeDownTo = (level: number) => {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop()!.end = nodes.length
  }
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    closeDownTo(next.level)
    nodes.push(next)
    open.push(next)
    const level = next.level + 1
    const below =
      next.kind === 'message'
        ? receiversOf(next.message, level, childrenOf)
        : sendersOf(childrenOf.get(next.id) ?? [], level)
    for (const each of below.reverse()) waiting.push(each)
  }
  closeDownTo(1)
  return {
    nodes,
    messagesBefore: runningTotal(nodes, (node) => node.kind === 'message'),
    failingBefore: runningTotal(nodes, (node) => node.kind === 'delivery' && isFailing(node.delivery)),
  }
}

/** Below the delivery that sent it; where that is not there, below its cause; null is the top. */
function groupByCause({ messages }: Timeline): Map<string | null, TimelineMessage[]> {
  const known = new Set<string>()
  for (const message of messages) {
    known.add(message.id)
    for (const each of message.deliveries) known.add(each.id)
  }
  return Map.groupBy(messages, ({ causeDeliveryId, causeId }) =>
    causeDeliveryId !== null && known.has(causeDeliveryId)
      ? causeDeliveryId
      : causeId !== null && known.has(causeId)
        ? causeId
        : null,
  )
}

function sendersOf(messages: readonly TimelineMessage[], level: number): TreeNode[] {
  return messages.map((message, index) => ({
    kind: 'message',
    id: message.id,
    level,
    position: index + 1,
    siblings: messages.length,
    end: 0,
    message,
  }))
}

function receiversOf(
  message: TimelineMessage,
  level: number,
  childrenOf: ReadonlyMap<string | null, TimelineMessage[]>,
): TreeNode[] {
  const orphans = childrenOf.get(message.id) ?? []
  const siblings = message.deliveries.length + orphans.length
  const deliveries = message.deliveries.map(
    (delivery, index): TreeNode => ({
      kind: 'delivery',
      id: delivery.id,
      level,
      position: index + 1,
      siblings,
      end: 0,
      message,
      delivery,
    }),
  )
  const others = sendersOf(orphans, level).map((each, index) => ({
    ...each,
    position: deliveries.length + index + 1,
    siblings,
  }))
  return [...deliveries, ...others]
}

function runningTotal(nodes: readonly TreeNode[], counts: (node: TreeNode) => boolean): Uint32Array {
  const totals = new Uint32Array(nodes.length + 1)
  for (const [index, node] of nodes.entries()) totals[index + 1] = totals[index]! + (counts(node) ? 1 : 0)
  return totals
}
