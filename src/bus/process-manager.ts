/**
 * Process managers: what remembers progress over several messages and says what comes next. A process is data and
 * a pure machine; this file is how one is declared, `process-step.ts` what one message makes of an instance,
 * `process-subscriptions.ts` how that meets the bus.
 */
import type { AnyStateMachine } from 'xstate'
import { z } from 'zod'
import {
  type BodyOf,
  type CommandDefinition,
  defineCommand,
  type EventDefinition,
  type MessageDefinition,
  type ReplyOf,
} from './message.ts'
import { checkMachine } from './process-check.ts'
import type { ShownField } from './process-fields.ts'
import { DEFAULT_RETENTION_DAYS } from './retention.ts'
import type { RetryPolicy } from './retry-policy.ts'
import type { Position } from './statechart.ts'

/**
 * What happens to a message that finds no instance:
 * - `start`: it begins one.
 * - `ignore`: it is none of this process's business.
 * - `retry-later`: it came early; its delivery fails and is tried again as the retry policy says.
 * - `await-start`: the same, but only while a message about the same person that would start one is on its way, or dead
 *   for an operator to decide. Where none is, it is ignored: the person was there before there was this process.
 * - `fail`: it should not be; its delivery is dead at once, for an operator to look at.
 */
export type NotFoundPolicy = 'start' | 'ignore' | 'retry-later' | 'await-start' | 'fail'

interface ReactionOptions<D extends MessageDefinition> {
  /** Which instance the message is for. */
  key(body: BodyOf<D>): string
  ifNone: NotFoundPolicy
  /**
   * What the machine is told of the message beside its name, JSON. Default nothing: what is not taken cannot end
   * up in the context, which operators see.
   */
  take?(body: BodyOf<D>): Record<string, unknown>
}

/** What became of a message at a process. */
export type Reception = 'started' | 'moved' | 'unchanged' | 'finished' | 'not-found'

export interface Reaction {
  readonly message: MessageDefinition
  readonly ifNone: NotFoundPolicy
  key(body: unknown): string
  take(body: unknown): Record<string, unknown>
  /** For a command: its reply. */
  reply(reception: Reception): unknown
}

/** Declares that a process wants an event. */
export function reactTo<D extends EventDefinition>(message: D, options: ReactionOptions<D>): Reaction {
  return { message, reply: () => null, take: () => ({}), ...options } as Reaction
}

/** Declares that a process is the handler of a command. */
export function answer<D extends CommandDefinition>(
  message: D,
  options: ReactionOptions<D> & { reply(reception: Reception): ReplyOf<D> },
): Reaction {
  return { message, take: () => ({}), ...options } as Reaction
}

/** A message that a process sends or publishes. */
export interface ProcessMessage {
  readonly definition: MessageDefinition
  readonly body: unknown
  readonly at: Date | null
}

export function toSend<D extends CommandDefinition>(
  definition: D,
  body: BodyOf<D>,
  { at = null }: { at?: Date | null } = {},
): ProcessMessage {
  return { definition, body, at }
}

export function toPublish<D extends EventDefinition>(definition: D, body: BodyOf<D>): ProcessMessage {
  return { definition, body, at: null }
}

/** What an action knows when it says what is sent. */
export interface ActionScope {
  readonly key: string
  /** After the step. */
  readonly context: Readonly<Record<string, unknown>>
  readonly now: Date
  readonly startedAt: Date
  /** The body of the message in hand, whole: to pass on what must not be kept. @throws TypeError when it is another. */
  received<D extends MessageDefinition>(definition: D): BodyOf<D>
}

export type ProcessAction = (scope: ActionScope) => ProcessMessage

export interface ProcessOptions {
  /** Counts up when stored states or contexts no longer fit the machine. */
  version: number
  /**
   * An XState machine, made with `setup({ delays, guards, actions }).createMachine`. Its events are the names of
   * messages; its input is `{ key }`. Delays are named, so that a time-out survives a change of its length. A final
   * state ends the instance; with the tag `failed` it ended badly. `description` and `meta.owes` of a state say in
   * words what is waited for and who owes it. Only `assign`, `raise`, `cancel` and the named actions below; no
   * actors, no history states.
   *
   * The context is shown to operators, and at rest sealed with the key of the person the process is about: ids and
   * counts, never a name, an address or a secret. A context that is not plain JSON, or that holds a classified value of
   * the message in hand, is refused.
   */
  machine: AnyStateMachine
  reactions: readonly Reaction[]
  /** What the machine's named actions send. */
  actions: Readonly<Record<string, ProcessAction>>
  /** The values by which operators know an instance, beside its key and state: six at most. Default none. */
  shows?: readonly ShownField[]
  /** Brings what an earlier version stored into the shape of this one. */
  upgrade?(stored: Position & { version: number }): Position
  retry?: Partial<RetryPolicy>
  /** For how many days an instance is kept after it has finished, with its revisions. Default 30. */
  retentionDays?: number
}

export interface ProcessDefinition extends Omit<ProcessOptions, 'retry' | 'upgrade' | 'retentionDays' | 'shows'> {
  /** `<module>.<process>`; durable: rows refer to it. */
  readonly name: string
  /** By which a time-out reaches its own instance. Belongs into the module's messages. */
  readonly timeOut: TimeOutCommand
  readonly retry: Partial<RetryPolicy>
  readonly upgrade: ProcessOptions['upgrade']
  readonly retentionDays: number
  readonly shows: readonly ShownField[]
}

/** In an action's place in the machine: what it sends is said in the process's `actions`. */
export function sends(): void {}

/** An early message waits for the one that starts its instance: soon again, for about ten minutes. */
const RETRY: Partial<RetryPolicy> = { maxAttempts: 14, firstDelayMs: 250, factor: 2, maxDelayMs: 2 * 60_000 }

/**
 * Declares a process: one instance per key, its state stored with every step, its messages sent in the same
 * transaction as the step and the settlement of the message that caused it.
 *
 * @throws TypeError when the name, the machine or the actions cannot work, naming what and why.
 */
export function defineProcess(
  name: string,
  { retry, upgrade, retentionDays = DEFAULT_RETENTION_DAYS, shows = [], ...options }: ProcessOptions,
): ProcessDefinition {
  const kept = { retry: { ...RETRY, ...retry }, upgrade, retentionDays, shows }
  const process = { name, timeOut: timeOutCommand(name), ...kept, ...options }
  checkMachine(process)
  return process
}

type TimeOutCommand = ReturnType<typeof timeOutCommand>

function timeOutCommand(process: string) {
  const [module, own] = process.split('.')
  if (!module || !own) throw new TypeError(`Process name "${process}" must read <module>.<process>.`)
  return defineCommand(`${module}.time-out-${own}`, {
    description: `Wakes an instance of ${process} when time is up that it set.`,
    version: 1,
    body: z.object({ key: z.string(), timer: z.string(), setAt: z.int() }),
    reply: z.object({ outcome: z.enum(['fired', 'dropped']), reason: z.string().nullable() }),
  })
}
