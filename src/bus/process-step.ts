import { mapClassified } from './classification.ts'
import { BusError, Unrecoverable } from './errors.ts'
import type { BodyOf, MessageDefinition } from './message.ts'
import { type ActionScope, type ProcessDefinition, type ProcessMessage, toSend } from './process-manager.ts'
import type { ProcessInstance, ProcessTimer } from './process-store.ts'
import { waitingFor } from './process-waiting.ts'
import { begin, type Effect, type MachineEvent, type Moved, move, type Position } from './statechart.ts'

/** What reaches an instance: a message with what was taken of it, or a time-out. */
export interface StepInput {
  key: string
  event: MachineEvent
  /** Null for a time-out. */
  trigger: { definition: MessageDefinition; body: unknown } | null
  now: Date
}

export type StepResult = Pick<ProcessInstance, 'status' | 'state' | 'context' | 'timers' | 'waitingFor'>

/** What a message makes of an instance, as plain data: nothing has happened yet. */
export interface Step {
  version: number
  result: StepResult
  /** In the order in which they are sent; time-outs last. */
  messages: (ProcessMessage & { action: string /** Which time-out it brings. */; timer?: string })[]
}

/**
 * The step of an instance, or of a new one where there is none; null when the message changes nothing.
 *
 * @throws Unrecoverable when the context cannot be kept. @throws BusError `process-unreadable`.
 */
export function stepOf(process: ProcessDefinition, instance: ProcessInstance | null, input: StepInput): Step | null {
  const { key, event, now } = input
  const moved = instance ? advance(process, instance, input) : begin(process.machine, { key }, event)
  if (!moved) return null
  checkContext(process, moved.context, input)
  const version = (instance?.version ?? 0) + 1
  const timers = moved.status === 'running' ? timersAfter(instance?.timers ?? [], moved.effects, version, now) : []
  const scope = scopeOf(moved, input, instance?.startedAt ?? now)
  const { status, state, context } = moved
  const waiting = status === 'running' ? waitingFor(process, { state, context }, timers) : []
  return {
    version,
    result: { status, state, context, timers, waitingFor: waiting },
    messages: [
      ...acted(process, moved.effects, scope),
      ...timers.flatMap((each) => timeOut(process, each, version, key)),
    ],
  }
}

function advance(process: ProcessDefinition, instance: ProcessInstance, { event, trigger }: StepInput): Moved | null {
  const position = readPosition(process, instance)
  const moved = move(process.machine, position, event)
  // A time-out is used up even where a guard let it change nothing.
  return moved ?? (trigger ? null : { ...position, status: 'running', effects: [] })
}

/** Where a stored instance is, in the terms of this build. */
export function readPosition(process: ProcessDefinition, instance: ProcessInstance): Position {
  const { state, context, definitionVersion: version } = instance
  if (version === process.version) return { state, context }
  if (process.upgrade && version < process.version) return process.upgrade({ state, context, version })
  throw new BusError(
    'process-unreadable',
    `${process.name} ${instance.key} was written by version ${version}; this build has version ${process.version} and cannot read it.`,
  )
}

function timersAfter(before: readonly ProcessTimer[], effects: readonly Effect[], setAt: number, now: Date) {
  const timers = new Map(before.map((each) => [each.timer, each]))
  for (const each of effects) {
    if (each.effect === 'clear-timer') timers.delete(each.timer)
    if (each.effect !== 'set-timer') continue
    const { timer, event, delayMs } = each
    const dueAt = new Date(now.getTime() + delayMs).toISOString()
    timers.set(timer, { timer, event, setAt, dueAt, messageId: null })
  }
  return [...timers.values()]
}

function timeOut({ timeOut: command }: ProcessDefinition, timer: ProcessTimer, version: number, key: string) {
  if (timer.setAt !== version) return []
  const body = { key, timer: timer.timer, setAt: timer.setAt }
  return [{ ...toSend(command, body, { at: new Date(timer.dueAt) }), action: 'time-out', timer: timer.timer }]
}

function acted({ actions }: ProcessDefinition, effects: readonly Effect[], scope: ActionScope): Step['messages'] {
  return effects.flatMap((each) => {
    const action = each.effect === 'act' ? actions[each.action] : undefined
    return action && each.effect === 'act' ? [{ ...action(scope), action: each.action }] : []
  })
}

function scopeOf({ context }: Moved, { key, now, trigger }: StepInput, startedAt: Date): ActionScope {
  return {
    key,
    context,
    now,
    startedAt,
    received: <D extends MessageDefinition>(definition: D) => {
      if (trigger?.definition === definition) return trigger.body as BodyOf<D>
      throw new TypeError(
        `An action asks for ${definition.name}, but came by ${trigger?.definition.name ?? 'a time-out'}.`,
      )
    },
  }
}

function checkContext({ name }: ProcessDefinition, context: unknown, { trigger }: StepInput): void {
  if (!isJson(context)) throw new Unrecoverable(`The context of ${name} is not plain JSON, and could not be kept.`)
  if (!trigger) return
  const classified = classifiedTexts(trigger.definition, trigger.body)
  if (textsIn(context).some((text) => classified.some((hidden) => hasWord(text, hidden)))) {
    throw new Unrecoverable(
      `The context of ${name} would keep a classified value of ${trigger.definition.name}: keep an id instead.`,
    )
  }
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  if (typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isJson)
}

/** Shorter texts occur by chance. */
const SHORTEST_TELLING = 3

function classifiedTexts({ body: schema }: MessageDefinition, body: unknown): string[] {
  const texts: string[] = []
  mapClassified(schema, body, (value) => texts.push(...textsIn(value)))
  return texts.filter((text) => text.length >= SHORTEST_TELLING)
}

/** As a word of its own: a short name may occur within an id. */
function hasWord(text: string, word: string): boolean {
  const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true
  }
  return false
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
