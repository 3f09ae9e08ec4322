import type { CauseTree, DeliveryNode, TreeNode } from './cause-tree.ts'

/** A step of the path: a delivery, from when its message was sent until it sent the next, or was settled. */
export interface PathStep {
  messageId: string
  deliveryId: string
  from: number
  to: number
}

/**
 * What made the conversation last as long as it did: the delivery that was settled last, and back from it to the
 * beginning through what caused it. Oldest first; each step begins where the one before it ends.
 */
export function criticalPath({ nodes }: CauseTree): PathStep[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const steps: PathStep[] = []
  let node: DeliveryNode | null = lastSettled(nodes)
  let to = node?.delivery.settledAt ?? 0
  while (node) {
    const { message, delivery }: DeliveryNode = node
    // Two clocks may say that a message was sent after it was handled.
    const from = Math.min(message.at, to)
    steps.push({ messageId: message.id, deliveryId: delivery.id, from, to })
    to = from
    const cause: TreeNode | undefined = byId.get(message.causeDeliveryId ?? '')
    node = cause?.kind === 'delivery' && steps.length <= nodes.length ? cause : null
  }
  return steps.reverse()
}

function lastSettled(nodes: readonly TreeNode[]): DeliveryNode | null {
  let last: DeliveryNode | null = null
  for (const node of nodes) {
    if (node.kind !== 'delivery' || node.delivery.settledAt === null || node.delivery.state === 'skipped') continue
    if (node.delivery.settledAt > (last?.delivery.settledAt ?? Number.NEGATIVE_INFINITY)) last = node
  }
  return last
}
