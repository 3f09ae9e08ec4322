import { newId } from '../envelope.ts'
import { BusError } from '../errors.ts'
import type { Outgoing, OutgoingOptions, TransactionalContext } from '../handlers.ts'
import type { BodyOf, MessageDefinition } from '../message.ts'
import type { Tx } from '../ports.ts'
import type { ProcessDefinition } from '../process-manager.ts'
import type { ProcessInstance, ProcessStore } from '../process-store.ts'
import { subscriptionsOf } from '../process-subscriptions.ts'

export interface Sent {
  name: string
  body: unknown
}

/** One instance of a process told as given-when-then, without a bus and with a clock that the test moves. */
export interface Story {
  /** The instance as it would be stored, or null before it was started. */
  readonly instance: ProcessInstance | null
  readonly now: Date
  /** A message comes. Returns what is sent, time-outs left out. */
  when<D extends MessageDefinition>(message: D, body: BodyOf<D>): Promise<Sent[]>
  /** Time passes; time-outs come as they are due. Returns what is sent. */
  passes(ms: number): Promise<Sent[]>
}

const BEGIN = Date.UTC(2026, 0, 1)

export function tellStory(process: ProcessDefinition): Story {
  const memory = new StoryMemory()
  const subscriptions = new Map(subscriptionsOf(process, memory).map((each) => [each.message.name, each]))
  const { scheduled } = memory
  let now = new Date(BEGIN)

  const when = async (message: MessageDefinition, body: unknown): Promise<Sent[]> => {
    const sent: Sent[] = []
    const add = (definition: MessageDefinition, content: unknown, { at }: OutgoingOptions = {}) => {
      const parsed: unknown = definition.body.parse(content)
      const messageId = newId()
      if (definition === process.timeOut && at) scheduled.push({ messageId, body: parsed, at })
      else sent.push({ name: definition.name, body: parsed })
      return messageId
    }
    const subscription = subscriptions.get(message.name)
    if (!subscription) throw new BusError('no-handler', `${process.name} does not react to ${message.name}.`)
    await subscription.invoke(body, contextOf(message, now, { send: add, publish: add }))
    return sent
  }
  return {
    get instance() {
      return memory.instance
    },
    get now() {
      return now
    },
    when,
    passes: async (ms) => {
      const until = now.getTime() + ms
      const sent: Sent[] = []
      for (let next = takeDue(scheduled, until); next; next = takeDue(scheduled, until)) {
        now = next.at
        sent.push(...(await when(process.timeOut, next.body)))
      }
      now = new Date(until)
      return sent
    },
  }
}

class StoryMemory implements ProcessStore {
  instance: ProcessInstance | null = null
  readonly scheduled: Scheduled[] = []

  async find(): Promise<ProcessInstance | null> {
    return structuredClone(this.instance)
  }

  async save(_: Tx, instance: ProcessInstance): Promise<void> {
    this.instance = structuredClone(instance)
  }

  /** In a story messages come one after the other: none is on its way. */
  async isComing(): Promise<boolean> {
    return false
  }

  async callOff(_: Tx, messageIds: readonly string[]): Promise<void> {
    const left = this.scheduled.filter((each) => !messageIds.includes(each.messageId))
    this.scheduled.splice(0, this.scheduled.length, ...left)
  }
}

interface Scheduled {
  messageId: string
  body: unknown
  at: Date
}

function takeDue(scheduled: Scheduled[], until: number) {
  scheduled.sort((a, b) => a.at.getTime() - b.at.getTime())
  return scheduled[0] && scheduled[0].at.getTime() <= until ? scheduled.shift() : undefined
}

function contextOf({ kind, name, version }: MessageDefinition, now: Date, outgoing: Outgoing): TransactionalContext {
  const messageId = newId(now.getTime())
  return {
    ...outgoing,
    tx: {} as Tx,
    attempt: 1,
    clock: { now: () => now },
    signal: new AbortController().signal,
    envelope: {
      messageId,
      kind,
      name,
      version,
      body: {},
      conversationId: messageId,
      causationId: null,
      causationDeliveryId: null,
      subjectId: null,
      idempotencyKey: null,
      key: null,
      occurredAt: now,
      dueAt: now,
      expiresAt: null,
    },
  }
}
