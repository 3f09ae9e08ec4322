import type { Module } from '../registry.ts'
import type { Harness } from './contract.ts'

/** What holds whatever has happened: each line names something that does not. A delivery may still wait. */
export async function findBroken(harness: Harness, { subscriptions }: Module): Promise<string[]> {
  const [messages, deliveries] = await Promise.all([harness.messages(), harness.deliveries()])
  const known = new Set(messages.map((each) => each.messageId))
  const problems: string[] = []
  for (const { messageId, name, causationId } of messages) {
    if (causationId && !known.has(causationId)) problems.push(`${name} has an unknown cause`)
    const own = listed(deliveries.filter((each) => each.messageId === messageId).map((each) => each.subscription))
    const owed = listed(subscriptions.filter((each) => each.message.name === name).map((each) => each.name))
    if (own !== owed) problems.push(`${name} has deliveries to ${own}, not to ${owed}`)
  }
  for (const { deliveryId, messageId, subscription, state, attempt } of deliveries) {
    if (!known.has(messageId)) problems.push(`a delivery to ${subscription} has no message`)
    const recorded = listed((await harness.attempts(deliveryId)).map((each) => each.number))
    const made = listed(Array.from({ length: attempt }, (_, index) => index + 1))
    if (state === 'running') problems.push(`${subscription} was claimed and forgotten`)
    else if (state !== 'skipped' && recorded !== made) {
      problems.push(`${subscription} is ${state}: of its attempts ${made} these are recorded: ${recorded}`)
    }
  }
  return problems
}

function listed(items: readonly (string | number)[]): string {
  return items.map(String).toSorted().join(', ')
}
