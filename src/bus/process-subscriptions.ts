import { BusError, Unrecoverable } from './errors.ts'
import { handle, type Subscription, subscribe, type TransactionalContext } from './handlers.ts'
import type { ProcessDefinition, Reaction, Reception } from './process-manager.ts'
import { type Step, type StepInput, stepOf } from './process-step.ts'
import type { ProcessInstance, ProcessRevision, ProcessStore, ProcessTimer } from './process-store.ts'

/** The subscriptions by which a process hears its messages and its time-outs. They belong into its module. */
export function subscriptionsOf(process: ProcessDefinition, store: ProcessStore): Subscription[] {
  // A message that comes before its instance fails by policy: that is no outage, and must end.
  const options = { retry: process.retry, outage: null }
  const reactions = process.reactions.map((reaction) => {
    const { message } = reaction
    const receive = (body: unknown, context: TransactionalContext) =>
      receiveMessage({ process, store, context }, reaction, body)
    if (message.kind === 'command') {
      return handle(message, options, async (body, context) => reaction.reply(await receive(body, context)))
    }
    return subscribe(message, subscriptionName(process, reaction), options, async (body, context) => {
      await receive(body, context)
    })
  })
  const timeOut = handle(process.timeOut, options, (body, context) => receiveTimeOut({ process, store, context }, body))
  return [...reactions, timeOut]
}

interface Scene {
  process: ProcessDefinition
  store: ProcessStore
  context: TransactionalContext
}

async function receiveMessage(scene: Scene, reaction: Reaction, body: unknown): Promise<Reception> {
  const { process, store, context } = scene
  const key = reaction.key(body)
  const instance = await store.find(context.tx, process.name, key)
  if (!instance && reaction.ifNone !== 'start') return notFound(scene, reaction, key)
  if (instance && instance.status !== 'running') return 'finished'
  const hasMoved = await perform(scene, instance, {
    key,
    event: { ...reaction.take(body), type: reaction.message.name },
    trigger: { definition: reaction.message, body },
    now: context.clock.now(),
  })
  return instance ? (hasMoved ? 'moved' : 'unchanged') : 'started'
}

/** A time-out counts only while the very timer that set it is there: a state that was left has cleared it. */
async function receiveTimeOut(scene: Scene, { key, timer, setAt }: { key: string; timer: string; setAt: number }) {
  const { process, store, context } = scene
  const dropped = (reason: string) => ({ outcome: 'dropped' as const, reason })
  const instance = await store.find(context.tx, process.name, key)
  if (!instance) return dropped('there is no such instance')
  if (instance.status !== 'running') return dropped(pastReason(instance.status))
  const due = instance.timers.find((each) => each.timer === timer && each.setAt === setAt)
  if (!due) return dropped(pastReason('running'))
  const timers = instance.timers.filter((each) => each !== due)
  const input = { key, event: due.event, trigger: null, now: context.clock.now() }
  await perform(scene, { ...instance, timers }, input)
  return { outcome: 'fired' as const, reason: null }
}

async function perform(scene: Scene, instance: ProcessInstance | null, input: StepInput): Promise<boolean> {
  const { process, store, context } = scene
  const step = stepOf(process, instance, input)
  if (!step) return false
  const sent = sendAll(step, context, input.key)
  const next = instanceAfter(scene, instance, input, withMessages(step, sent))
  const messagesOut = sent.map(({ messageId, name, action }) => ({ messageId, name, action }))
  await store.save(context.tx, next, revisionOf(scene, instance, next, messagesOut))
  await callOffPast(scene, instance, next)
  return true
}

/** The time-outs of a state that was left, and all of an instance that has finished. */
async function callOffPast(
  { store, context }: Scene,
  before: ProcessInstance | null,
  { timers, status }: ProcessInstance,
) {
  const waiting = messagesOf(timers)
  const past = messagesOf(before?.timers ?? []).filter((each) => !waiting.includes(each))
  if (past.length > 0) await store.callOff(context.tx, past, pastReason(status))
}

function messagesOf(timers: readonly ProcessTimer[]): string[] {
  return timers.flatMap(({ messageId }) => messageId ?? [])
}

function pastReason(status: ProcessInstance['status']): string {
  return status === 'running' ? 'its state was left' : `the instance is ${status}`
}

type Sent = ProcessRevision['messagesOut'][number] & { timer: string | undefined }

function withMessages({ version, result, messages }: Step, sent: readonly Sent[]): Step {
  const timers = result.timers.map((each) => {
    if (each.setAt !== version) return each
    return { ...each, messageId: sent.find(({ timer }) => timer === each.timer)?.messageId ?? null }
  })
  return { version, messages, result: { ...result, timers } }
}

function sendAll({ messages }: Step, context: TransactionalContext, key: string): Sent[] {
  return messages.map(({ definition, body, at, action, timer }) => {
    // A time-out is about its instance: by the key it is found with it, and told apart from others that wait.
    const options = { ...(at && { at }), ...(timer !== undefined && { key }) }
    const messageId =
      definition.kind === 'command'
        ? context.send(definition, body as Record<string, unknown>, options)
        : context.publish(definition, body as Record<string, unknown>, options)
    return { messageId, name: definition.name, action, timer }
  })
}

function instanceAfter(
  { process, context: { envelope } }: Scene,
  instance: ProcessInstance | null,
  { key, now }: StepInput,
  { version, result }: Step,
): ProcessInstance {
  return {
    process: process.name,
    key,
    definitionVersion: process.version,
    conversationId: instance?.conversationId ?? envelope.conversationId,
    subjectId: instance?.subjectId ?? envelope.subjectId,
    startedAt: instance?.startedAt ?? now,
    changedAt: now,
    finishedAt: result.status === 'running' ? null : now,
    version,
    ...result,
  }
}

function revisionOf(
  { context: { envelope } }: Scene,
  before: ProcessInstance | null,
  { version, changedAt: at, state, context }: ProcessInstance,
  messagesOut: ProcessRevision['messagesOut'],
): ProcessRevision {
  const { messageId, name } = envelope
  return {
    version,
    at,
    before: before && { state: before.state, context: before.context },
    after: { state, context },
    messageIn: { messageId, name },
    messagesOut,
  }
}

async function notFound(scene: Scene, { ifNone, message }: Reaction, key: string): Promise<'not-found'> {
  const { name } = scene.process
  if (ifNone === 'ignore') return 'not-found'
  if (ifNone === 'await-start' && !(await isExpected(scene, key))) return 'not-found'
  const text = `${message.name} is for ${name} ${key}, which there is not`
  if (ifNone === 'fail') throw new Unrecoverable(`${text}.`)
  throw new BusError('process-not-found', `${text} yet.`)
}

/** It may have been started while its start was looked for: hence the second look. */
async function isExpected({ process, store, context: { tx, envelope } }: Scene, key: string): Promise<boolean> {
  if (envelope.subjectId === null) return true
  const starting = process.reactions.filter(({ ifNone }) => ifNone === 'start')
  const names = starting.map((each) => subscriptionName(process, each))
  return (await store.isComing(tx, names, envelope.subjectId)) || (await store.find(tx, process.name, key)) !== null
}

/** By which a process hears one of its messages. A command has no name beside its own. */
export function subscriptionName({ name }: ProcessDefinition, { message }: Reaction): string {
  if (message.kind === 'command') return message.name
  return `${name}-on-${message.name.slice(message.name.indexOf('.') + 1)}`
}
