import type { Catalog } from './catalog.ts'
import { BusError } from './errors.ts'
import type { CommandDefinition, MessageDefinition } from './message.ts'
import { pathOfUnstorable, UNSTORABLE } from './storable.ts'

/** The reply as it is stored; null for an event, which has none. @throws BusError `invalid-reply`. */
export function checkReply(catalog: Catalog, message: MessageDefinition, reply: unknown): unknown {
  if (message.kind === 'event') return null
  const result = message.reply.safeParse(reply)
  if (result.success) return checkStorable(catalog, message, catalog.sealReply(message, result.data))
  throw new BusError('invalid-reply', `The handler of ${message.name} gave a reply that breaks its contract.`, {
    cause: result.error,
  })
}

function checkStorable(catalog: Catalog, message: CommandDefinition, reply: unknown): unknown {
  // What is personal is sealed, whatever it says.
  const path = pathOfUnstorable(JSON.stringify(reply) ?? '', () =>
    catalog.sealPersonal(message, 'reply', reply, () => null),
  )
  if (path === undefined) return reply
  throw new BusError(
    'invalid-reply',
    `The handler of ${message.name} gave a reply with ${UNSTORABLE} in ${path || 'it'}.`,
  )
}
