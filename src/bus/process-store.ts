import type { Tx } from './ports.ts'
import type { MachineEvent, StateValue } from './statechart.ts'

export type ProcessStatus = 'running' | 'completed' | 'failed'

/** A time-out that was set and has not come. */
export interface ProcessTimer {
  timer: string
  /** What the machine is told when it comes. */
  event: MachineEvent
  /** ISO time. */
  dueAt: string
  /** Version of the instance that set it: a time-out set earlier under the same name is not this one. */
  setAt: number
  /** The scheduled command that brings it. */
  messageId: string | null
}

/** One thing that an instance waits for. */
export interface Waiting {
  /** The state that waits: path from the machine's root. */
  state: string
  /** In words. */
  what: string
  /** Names of the messages that would move it on. */
  messages: string[]
  /** Who has to bring it about: modules, or what the state's `meta.owes` says. */
  owes: string[]
  /** When its next time-out comes, ISO; null when it waits for ever. */
  until: string | null
}

/** One instance of a process, as it is stored. */
export interface ProcessInstance {
  process: string
  key: string
  /** Version of the definition that wrote it. */
  definitionVersion: number
  /** Counts its changes, 1 for the first: two writers of one version cannot both win. */
  version: number
  status: ProcessStatus
  state: StateValue
  context: Record<string, unknown>
  timers: ProcessTimer[]
  waitingFor: Waiting[]
  /** Conversation of the message that started it. */
  conversationId: string
  /** The person it is about. */
  subjectId: string | null
  startedAt: Date
  changedAt: Date
  finishedAt: Date | null
}

/** What one message made of an instance. Kept as long as the instance. */
export interface ProcessRevision {
  version: number
  at: Date
  before: { state: StateValue; context: Record<string, unknown> } | null
  after: { state: StateValue; context: Record<string, unknown> }
  messageIn: { messageId: string; name: string }
  messagesOut: { messageId: string; name: string; action: string }[]
}

export interface ProcessStore {
  /**
   * The instance, or null. An adapter that can holds the instance, or its absence, until the transaction ends, so
   * that concurrent messages for one key take turns instead of colliding.
   */
  find(tx: Tx, process: string, key: string): Promise<ProcessInstance | null>
  /** Whether one of these subscriptions has yet to handle a message about this person, also one that is dead. */
  isComing(tx: Tx, subscriptions: readonly string[], subjectId: string): Promise<boolean>
  /**
   * Writes the instance and its newest revision in the given transaction.
   *
   * @throws BusError `process-conflict`, here or at the commit, when the version before this one is not the stored
   * one any more: nothing of the transaction remains.
   */
  save(tx: Tx, instance: ProcessInstance, revision: ProcessRevision): Promise<void>
  /**
   * Cancels the commands of time-outs that nobody waits for any more, as far as they were not tried yet. What somebody
   * has in hand at this moment is passed over: it is dropped when it comes.
   */
  callOff(tx: Tx, messageIds: readonly string[], reason: string): Promise<void>
}
