import type { z } from 'zod'
import { classificationsIn, mapClassified } from './classification.ts'
import type { Envelope } from './envelope.ts'
import { BusError } from './errors.ts'
import type { Subscription } from './handlers.ts'
import type { CommandDefinition, MessageDefinition } from './message.ts'
import { parkingReason } from './parking.ts'
import { isSealedForNobody, isSealedValue } from './person-keys.ts'
import type { PlannedDelivery, Sealer } from './ports.ts'
import { findSubscriptions, type Registry } from './registry.ts'
import { findRoute, follow, type Route } from './upcasting.ts'

/** What stands in the place of a value that must not be shown. */
export interface MaskedValue {
  masked: 'personal' | 'secret' | 'unknown' | 'erased'
}

/** Knows every message of this build: checks, seals, opens and masks bodies by their contract. */
export interface Catalog {
  readonly sealer: Sealer
  find(name: string, version: number): MessageDefinition | undefined
  /** Parses at the sender. @throws BusError `invalid-body` with the path and the expectation. */
  parse(definition: MessageDefinition, body: unknown): Record<string, unknown>
  /** Seals secret fields, for storage. */
  seal(definition: MessageDefinition, body: unknown): unknown
  /**
   * Reads a stored message: as it was sent, or in the version that is wanted.
   *
   * @throws BusError `unknown-message`, `cannot-upcast`, `invalid-body`, `unsealable`.
   */
  decode(envelope: Stored, wanted?: MessageDefinition): { definition: MessageDefinition; body: unknown }
  /** A body of one version in another. @throws BusError `unknown-message`, `cannot-upcast`. */
  adapt(definition: MessageDefinition, body: unknown, wanted: MessageDefinition): unknown
  /** A stored body with its secret fields opened, as far as it is known; not parsed. @throws BusError `unsealable`. */
  open(name: string, version: number, body: unknown): unknown
  /** Whether a stored body, or a command's reply, may hold personal fields; true where this build does not know it. */
  holdsPersonal(name: string, version: number, part: 'body' | 'reply'): boolean
  /** A stored body, or a reply, with its personal fields sealed for the person it is about. */
  sealPersonal(
    definition: MessageDefinition,
    part: 'body' | 'reply',
    value: unknown,
    seal: (field: unknown) => unknown,
  ): unknown
  /** A command's reply with its secret fields sealed, for storage; and opened again, for the caller. */
  sealReply(definition: CommandDefinition, reply: unknown): unknown
  openReply(definition: CommandDefinition, reply: unknown): unknown
  /** The body with classified fields replaced by {@link MaskedValue}; all of it where the contract is unknown. `isErased` says of whose person nothing can be read. */
  mask(name: string, version: number, body: unknown, isErased?: boolean): unknown
  /** The texts of classified fields, to be struck out of errors and logs. */
  hidden(definition: MessageDefinition, body: unknown): string[]
}

export function createCatalog(definitions: readonly MessageDefinition[], sealer: Sealer): Catalog {
  // Asked several times for each delivery: a key made of both would be a new text each time.
  const byName = new Map(definitions.map(({ name }) => [name, new Map<number, MessageDefinition>()]))
  for (const each of definitions) byName.get(each.name)!.set(each.version, each)
  const seal = (schema: z.ZodType, value: unknown) =>
    mapClassified(schema, value, (field, mark) => (mark === 'secret' ? sealer.seal(String(field)) : field))
  const open = (schema: z.ZodType, value: unknown) =>
    mapClassified(schema, value, (field, mark) => (mark === 'secret' ? sealer.open(String(field)) : field))
  const catalog: Catalog = {
    sealer,
    find: (name, version) => byName.get(name)?.get(version),
    parse,
    seal: (definition, body) => seal(definition.body, body),
    decode: (envelope, wanted) => {
      const stored = catalog.find(envelope.name, envelope.version)
      const definition = wanted ?? stored
      if (!definition) {
        throw new BusError('unknown-message', `This build knows no message ${envelope.name} v${envelope.version}.`)
      }
      if (stored === definition) return { definition, body: parse(definition, open(definition.body, envelope.body)) }
      const route = findRoute(catalog.find, envelope, definition)
      if (stored) {
        return { definition, body: upcast(route, stored, parse(stored, open(stored.body, envelope.body)), definition) }
      }
      // A version that this build has forgotten: what is secret in it is known only once it is upcast.
      const upcasted = follow(route, envelope.version, envelope.body)
      return { definition, body: parseUpcast(definition, open(definition.body, upcasted)) }
    },
    open: (name, version, body) => {
      const definition = catalog.find(name, version)
      return definition ? open(definition.body, body) : body
    },
    adapt: (definition, body, wanted) =>
      definition === wanted ? body : upcast(findRoute(catalog.find, definition, wanted), definition, body, wanted),
    holdsPersonal: (name, version, part) => {
      const schema = catalog.find(name, version)?.[part]
      return schema ? classificationsIn(schema).has('personal') : !catalog.find(name, version)
    },
    sealPersonal: (definition, part, value, seal) => {
      const schema = definition[part]
      const keep = (field: unknown, mark: string) =>
        mark === 'personal' && !isSealedValue(field) ? seal(field) : field
      return schema ? mapClassified(schema, value, keep) : value
    },
    sealReply: (definition, reply) => seal(definition.reply, reply),
    openReply: (definition, reply) => definition.reply.parse(open(definition.reply, reply)),
    mask: (name, version, body, isErased = false) => {
      const definition = catalog.find(name, version)
      if (!definition) return maskAll(body)
      return mapClassified(definition.body, body, (value, mark): MaskedValue => {
        const isGone = mark === 'personal' && (isErased || isSealedForNobody(value))
        return { masked: isGone ? 'erased' : mark }
      })
    },
    hidden: (definition, body) => {
      const texts: string[] = []
      mapClassified(definition.body, body, (value) => texts.push(...textsOf(value)))
      return texts
    },
  }
  return catalog
}

/** A stored message, as far as reading it goes. */
export type Stored = Pick<Envelope, 'name' | 'version' | 'body'>

function upcast(route: Route, from: MessageDefinition, body: unknown, wanted: MessageDefinition): unknown {
  return route.length === 0 ? body : parseUpcast(wanted, follow(route, from.version, body))
}

function parseUpcast(definition: MessageDefinition, body: unknown): Record<string, unknown> {
  try {
    return parse(definition, body)
  } catch (cause) {
    const text = `What its upcasters make of it is no ${definition.name} v${definition.version}`
    throw new BusError('cannot-upcast', `${text}: ${(cause as Error).message}`, { cause })
  }
}

function parse(definition: MessageDefinition, body: unknown): Record<string, unknown> {
  const result = definition.body.safeParse(body)
  if (result.success) return result.data
  const issues = result.error.issues.map((issue) => ({ path: issue.path.join('.'), expected: issue.message }))
  const text = issues.map((issue) => `${issue.path || 'body'}: ${issue.expected}`).join('; ')
  throw new BusError('invalid-body', `${definition.name} v${definition.version}: ${text}`, { details: { issues } })
}

function maskAll(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return { masked: 'unknown' } satisfies MaskedValue
  return Object.fromEntries(Object.keys(body).map((key) => [key, { masked: 'unknown' } satisfies MaskedValue]))
}

/** All texts and numbers within a value. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsOf)
  return []
}

/** A body must be there and hold at most this much JSON, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024

/**
 * The deliveries of a message: one for each subscription that there is now, also for those that skip it, and for
 * those that take another version than can be made of it, where it is parked.
 */
export function planDeliveries(
  { registry, catalog }: { registry: Registry; catalog: Catalog },
  definition: MessageDefinition,
  body: unknown,
  key: string | null,
): Omit<PlannedDelivery, 'deliveryId'>[] {
  return findSubscriptions(registry, definition).map(({ subscription, position, retry }) => ({
    subscription: subscription.name,
    position,
    maxAttempts: retry.maxAttempts,
    ...decide(catalog, definition, body, subscription),
    orderingKey: subscription.order ? key : null,
    lease: null,
  }))
}

function decide(
  catalog: Catalog,
  definition: MessageDefinition,
  body: unknown,
  { message, skip }: Subscription,
): Pick<PlannedDelivery, 'skipReason' | 'parkedReason'> {
  try {
    return { skipReason: skip(catalog.adapt(definition, body, message)), parkedReason: null }
  } catch (error) {
    const reason = parkingReason(error)
    if (reason === null) throw error
    return { skipReason: null, parkedReason: reason }
  }
}
