import { BusError } from './errors.ts'
import type { Subscription } from './handlers.ts'
import type { MessageDefinition } from './message.ts'
import type { Recurring } from './recurring.ts'
import { DEFAULT_RETRY, type RetryPolicy } from './retry-policy.ts'

/** What a part of the application brings to the bus. */
export interface Module {
  /** Owner of its messages: the part of their names before the dot. */
  name: string
  messages: readonly MessageDefinition[]
  subscriptions: readonly Subscription[]
  /** What it sends again and again, by the clock. */
  recurring?: readonly Recurring[]
}

export interface Registered {
  subscription: Subscription
  /** Order of registration, the same on every node of a build. */
  position: number
  retry: RetryPolicy
}

export interface Registry {
  readonly definitions: readonly MessageDefinition[]
  readonly subscriptions: ReadonlyMap<string, Registered>
  readonly byMessage: ReadonlyMap<string, readonly Registered[]>
  readonly recurring: readonly Recurring[]
}

/**
 * Puts the modules together and refuses what cannot work, naming it and the way out.
 *
 * @throws BusError `two-handlers`, `no-handler`, `duplicate-subscription`, `duplicate-message`, `duplicate-recurring`,
 * `unknown-message`, `not-the-owner`, `wrong-kind`.
 */
export function createRegistry(modules: readonly Module[]): Registry {
  for (const module of modules) checkOwnership(module)
  const definitions = modules.flatMap((module) => module.messages)
  const subscriptions = new Map<string, Registered>()
  const byMessage = new Map<string, Registered[]>()
  for (const subscription of modules.flatMap((module) => module.subscriptions)) {
    const { message, name } = subscription
    if (!definitions.includes(message)) {
      throw new BusError(
        'unknown-message',
        `${name} handles ${message.name}, which no module declares in its messages.`,
      )
    }
    const others = byMessage.get(message.name) ?? []
    if (message.kind === 'command' && others.length > 0)
      throw twoHandlers([...others.map((each) => each.subscription), subscription])
    if (subscriptions.has(name))
      throw new BusError('duplicate-subscription', `Two subscriptions are named ${name}; rename one.`)
    const registered = {
      subscription,
      position: subscriptions.size,
      retry: { ...DEFAULT_RETRY, ...subscription.retry },
    }
    subscriptions.set(name, registered)
    byMessage.set(message.name, [...others, registered])
  }
  checkVersions(definitions)
  for (const definition of definitions) checkHandled(definition, byMessage)
  const recurring = modules.flatMap((module) => (module.recurring ?? []).map((each) => checkRecurring(module, each)))
  checkNamesOnce(recurring, definitions)
  return { definitions, subscriptions, byMessage, recurring }
}

export function findSubscriptions(registry: Registry, definition: MessageDefinition): readonly Registered[] {
  return registry.byMessage.get(definition.name) ?? []
}

function checkOwnership({ name, messages, subscriptions }: Module): void {
  for (const message of messages) {
    if (message.owner === name) continue
    throw new BusError('not-the-owner', `Module ${name} declares ${message.name}, which belongs to ${message.owner}.`)
  }
  for (const { message, name: subscription } of subscriptions) {
    if (message.kind === 'event' || message.owner === name) continue
    throw new BusError(
      'not-the-owner',
      `Module ${name} handles ${message.name} as ${subscription}; ${message.owner} must handle its own commands.`,
    )
  }
}

/** Versions of one message may be there side by side; they are of one kind, and each of them is declared once. */
function checkVersions(definitions: readonly MessageDefinition[]): void {
  const byName = new Map<string, MessageDefinition[]>()
  for (const each of definitions) {
    const others = byName.get(each.name) ?? []
    if (others.some((other) => other.version === each.version)) {
      throw new BusError('duplicate-message', `${each.name} v${each.version} is declared twice; count its version up.`)
    }
    if (others.some((other) => other.kind !== each.kind)) {
      throw new BusError('wrong-kind', `${each.name} is a command in one version and an event in another; rename one.`)
    }
    byName.set(each.name, [...others, each])
  }
}

function checkRecurring({ name: module }: Module, recurring: Recurring): Recurring {
  const { name, message } = recurring
  if (message.kind === 'command' || message.owner === module) return recurring
  throw new BusError(
    'not-the-owner',
    `${name} of module ${module} publishes ${message.name}: only ${message.owner} tells its own facts.`,
  )
}

function checkNamesOnce(recurring: readonly Recurring[], definitions: readonly MessageDefinition[]): void {
  const names = new Set<string>()
  for (const { name, message } of recurring) {
    if (names.has(name))
      throw new BusError('duplicate-recurring', `Two recurring messages are named ${name}; rename one.`)
    names.add(name)
    if (!definitions.includes(message)) {
      throw new BusError('unknown-message', `${name} sends ${message.name}, which no module declares in its messages.`)
    }
  }
}

function twoHandlers(both: readonly Subscription[]): BusError {
  const names = both.map((each) => each.handlerName).join(' and ')
  const command = both[0]!.message.name
  return new BusError(
    'two-handlers',
    `Command ${command} has two handlers, ${names}; a command has exactly one. Remove one, or make it an event.`,
  )
}

function checkHandled(definition: MessageDefinition, byMessage: ReadonlyMap<string, unknown>): void {
  if (definition.kind === 'event' || byMessage.has(definition.name)) return
  throw new BusError(
    'no-handler',
    `Command ${definition.name} has no handler. Add one with handle(${definition.name}, …) to module ${definition.owner}.`,
  )
}
