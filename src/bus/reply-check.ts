import type { Catalog } from './catalog.ts'
import { BusError } from './errors.ts'
import type { MessageDefinition } from './message.ts'

/** The reply as it is stored; null for an event, which has none. @throws BusError `invalid-reply`. */
export function checkReply(catalog: Catalog, message: MessageDefinition, reply: unknown): unknown {
  if (message.kind === 'event') return null
  const result = message.reply.safeParse(reply)
  if (result.success) return catalog.sealReply(message, result.data)
  throw new BusError('invalid-reply', `The handler of ${message.name} gave a reply that breaks its contract.`, {
    cause: result.error,
  })
}
