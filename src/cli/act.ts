import { BusError } from '../bus/index.ts'
import { DiscardDelivery, RetryDelivery } from '../inspector/messages.ts'
import { SetPasskeyDemand } from '../modules/accounts/messages.ts'
import type { Application } from '../server/compose.ts'
import { type Answer, table } from './answer.ts'
import { UsageError } from './usage.ts'

/** Who acts, in the audit: whoever may run this on the machine. */
const COMMAND_LINE = '00000000-0000-4000-8000-000000000001'
const ANSWER_WITHIN_MS = 10_000

const OUTCOMES = {
  done: 'done',
  'wrong-state': 'not done: it is not dead',
  unknown: 'not done: there is no such delivery',
} as const

/** Tries dead deliveries again; each says what became of it. */
export function retry(app: Application, deliveryIds: readonly string[]): Promise<Answer> {
  return each(deliveryIds, async (deliveryId) => {
    const body = { deliveryId, actorId: COMMAND_LINE }
    return (await app.bus.execute(RetryDelivery, body, { timeoutMs: ANSWER_WITHIN_MS })).reply.outcome
  })
}

export function discard(app: Application, deliveryIds: readonly string[], reason: string): Promise<Answer> {
  return each(deliveryIds, async (deliveryId) => {
    const body = { deliveryId, actorId: COMMAND_LINE, reason }
    return (await app.bus.execute(DiscardDelivery, body, { timeoutMs: ANSWER_WITHIN_MS })).reply.outcome
  })
}

async function each(
  deliveryIds: readonly string[],
  act: (deliveryId: string) => Promise<keyof typeof OUTCOMES>,
): Promise<Answer> {
  if (deliveryIds.length === 0) throw new UsageError('Say which: give one delivery id or more.')
  const rows: { deliveryId: string; outcome: string }[] = []
  for (const deliveryId of deliveryIds) rows.push({ deliveryId, outcome: OUTCOMES[await act(deliveryId)] })
  return { data: rows, text: table(rows, ''), ok: rows.every((row) => row.outcome === 'done') }
}

/** The way out for whoever has demanded passkeys, and has lost the own one. */
export async function letPasswordsDo({ bus }: Application): Promise<Answer> {
  const body = { isOn: false, actorId: COMMAND_LINE, sessionId: null }
  const { reply } = await bus.execute(SetPasskeyDemand, body, { timeoutMs: ANSWER_WITHIN_MS })
  const text = 'Operators and viewers may come in with a password alone.'
  return { data: reply, text: reply.outcome === 'set' ? text : `${text} It was so already.`, ok: true }
}

/** Sends a command of this build; its body is checked before anything is stored. */
export async function send({ bus, registry }: Application, type: string, json: string): Promise<Answer> {
  const versions = registry.definitions.filter((definition) => definition.name === type)
  const newest = versions.sort((a, b) => b.version - a.version)[0]
  if (!newest) throw new UsageError(`This build has no message ${type}.`)
  if (newest.kind === 'event') {
    throw new UsageError(`${type} is an event: a fact that only ${newest.owner} tells. Only commands are sent.`)
  }
  const { messageId, conversationId } = await bus.send(newest, parseJson(json))
  return { data: { messageId, conversationId }, text: `sent as message ${messageId}`, ok: true }
}

function parseJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    throw new UsageError(`The body is no JSON: ${(error as Error).message}`)
  }
}

/** What an operator is told when the bus refuses; null for anything else. */
export function refusal(error: unknown): string | null {
  if (!(error instanceof BusError)) return null
  return error.code === 'reply-timeout' ? `${error.message} Does a node run that handles messages?` : error.message
}
