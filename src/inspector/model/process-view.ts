/** What the inspector shows of processes. Times are ISO strings. */
import type { ProcessChart, ProcessStatus, StateValue, Waiting } from '../../bus/index.ts'

export interface ProcessRow {
  process: string
  key: string
  /** Counts its steps. */
  version: number
  status: ProcessStatus
  state: StateValue
  waitingFor: Waiting[]
  /** When its next time-out comes. */
  dueAt: string | null
  startedAt: string
  changedAt: string
  finishedAt: string | null
  conversationId: string
}

/** A value that the definition of a process names for whoever looks at an instance. */
export interface ShownValue {
  label: string
  text: string
  /** Why it is not shown; null where it is. */
  masked: string | null
  /** It was so from the beginning; otherwise it is what the instance remembers now. */
  isOfStart: boolean
}

/** A process with the states it was in, for who looks at a moment of the past. */
export interface SteppedProcess extends ProcessRow {
  /** Oldest first; of a long history the newest. */
  steps: { version: number; at: string; state: StateValue }[]
  shown: ShownValue[]
}

/** How a process stood at a time; null before its first step that is known. */
export function standAt(
  { steps, status, finishedAt, version, state }: SteppedProcess,
  time: number | null,
): Pick<ProcessRow, 'version' | 'state' | 'status'> | null {
  if (time === null) return { version, state, status }
  const step = steps.findLast((each) => Date.parse(each.at) <= time)
  if (!step) return null
  const isOver = finishedAt !== null && Date.parse(finishedAt) <= time
  return { version: step.version, state: step.state, status: isOver ? status : 'running' }
}

/** Which step of which instance. */
export interface RevisionRequest {
  name: string
  key: string
  version: number
}

export interface RevisionView {
  version: number
  at: string
  messageIn: { messageId: string; name: string }
  changes: Change[]
  messagesOut: { messageId: string; name: string; action: string }[]
}

export interface ProcessDetail extends ProcessRow {
  /** Its context as JSON: it may be large, and only what is looked at is parsed. */
  contextJson: string
  shown: ShownValue[]
  /** Null when this build has no such process. */
  chart: ProcessChart | null
  /** Time-outs that it asked for and that have not come. */
  openTimeOuts: TimeOut[]
  /** Newest first. */
  revisions: RevisionView[]
  /** Whether there are older revisions than are shown. */
  truncated: boolean
}

export interface TimeOut {
  messageId: string
  dueAt: string
}

/** How much of the time until a time-out is over, from 0 to 1. */
export function elapsedShare(from: string, { dueAt }: Pick<TimeOut, 'dueAt'>, now: number): number {
  const whole = Date.parse(dueAt) - Date.parse(from)
  if (whole <= 0) return 1
  return Math.min(Math.max((now - Date.parse(from)) / whole, 0), 1)
}

/** A value that a step changed. */
export interface Change {
  path: string
  /** Undefined where it was not there before. */
  before: unknown
  /** Undefined where it is not there any more. */
  after: unknown
}

export interface Comparison {
  from: number
  to: number
  /** Between them, newest first. */
  changes: Change[]
  /** Steps between them that are not known: what these changed is missing, and what was before is so from there on. */
  unknown: { from: number; to: number } | null
}

/** What changed from after one step until after another, by what each known step between them changed. */
export function compareSteps(revisions: readonly RevisionView[], a: number, b: number): Comparison {
  // An address may name steps that nobody has made yet.
  const newest = revisions[0]?.version ?? Math.max(a, b)
  const from = Math.min(a, b, newest)
  const to = Math.min(Math.max(a, b), newest)
  const between = revisions.filter(({ version }) => version > from && version <= to)
  const changes = new Map<string, Change>()
  for (const { changes: own } of between.toReversed()) {
    for (const each of own) changes.set(each.path, { ...each, before: (changes.get(each.path) ?? each).before })
  }
  const oldest = between.at(-1)?.version ?? to + 1
  return {
    from,
    to,
    changes: [...changes.values()].filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after)),
    unknown: oldest > from + 1 ? { from: from + 1, to: oldest - 1 } : null,
  }
}

/** Where a time-out that a step asked for came in; undefined where it has not, or where that is not known. */
export function firingOf(revisions: readonly RevisionView[], messageId: string): RevisionView | undefined {
  return revisions.find((each) => each.messageIn.messageId === messageId)
}

/** Where a message that came in was asked for as a time-out; undefined where it is none of the steps that are known. */
export function requestOf(revisions: readonly RevisionView[], messageId: string): RevisionView | undefined {
  return revisions.find((each) =>
    each.messagesOut.some((sent) => sent.messageId === messageId && sent.action === 'time-out'),
  )
}

/** A time-out, from the step that asked for it to the one in which it came; null while it has not. */
export interface TimeOutSpan {
  messageId: string
  askedIn: number
  cameIn: number | null
}

/** The time-outs of an instance that came or are to come, as far as its steps are known. */
export function timeOutSpans(
  revisions: readonly RevisionView[],
  openTimeOuts: readonly { messageId: string }[],
): TimeOutSpan[] {
  const open = new Set(openTimeOuts.map((each) => each.messageId))
  return revisions.flatMap(({ version, messagesOut }) =>
    messagesOut.flatMap(({ messageId, action }): TimeOutSpan[] => {
      if (action !== 'time-out') return []
      const cameIn = firingOf(revisions, messageId)?.version ?? null
      return cameIn !== null || open.has(messageId) ? [{ messageId, askedIn: version, cameIn }] : []
    }),
  )
}

export interface Snapshot {
  state: StateValue
  context: Record<string, unknown>
}

/** Of a longer value the beginning is shown. */
const LONGEST_VALUE = 1_000

/** A change with long values cut: hundreds of steps stand below each other. */
export function inShort({ path, before, after }: Change): Change {
  return { path, before: cut(before), after: cut(after) }
}

export function cut(value: unknown): unknown {
  if (value === undefined) return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text.length <= LONGEST_VALUE) return value
  return `${text.slice(0, LONGEST_VALUE)}… (${text.length.toLocaleString('en')} characters)`
}

/** What a step changed: regions that moved, and values of the context. */
export function changesBetween(before: Snapshot | null, after: Snapshot): Change[] {
  const states = diff(before ? placesIn(before.state) : {}, placesIn(after.state))
  // Where a parent was left, so was all that was in it: that needs no line of its own.
  const moved = states.filter(({ path, after: now }) => now !== undefined || !states.some(isAround(path)))
  const context = diff(before ? leavesOf(before.context) : {}, leavesOf(after.context))
  return [...moved, ...context.map((each) => ({ ...each, path: `context.${each.path}` }))]
}

function isAround(path: string) {
  return ({ path: other }: Change) => other !== path && (other === 'state' || path.startsWith(`${other}.`))
}

/** Where each parent or region is: `state` for the whole, then by path. */
function placesIn(state: StateValue): Record<string, unknown> {
  return Object.fromEntries(placeEntries(state, ''))
}

function placeEntries(state: StateValue, path: string): [string, unknown][] {
  const here = path || 'state'
  if (typeof state === 'string') return [[here, state]]
  const entries = Object.entries(state)
  const own: [string, unknown][] = entries.length === 1 ? [[here, entries[0]![0]]] : []
  return [
    ...own,
    ...entries.flatMap(([name, inner]) =>
      typeof inner === 'object' && Object.keys(inner).length === 0 ? [] : placeEntries(inner, join(path, name)),
    ),
  ]
}

function leavesOf(context: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(leafEntries(context, ''))
}

function leafEntries(value: unknown, path: string): [string, unknown][] {
  const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if (isBranch) return Object.entries(value).flatMap(([key, item]) => leafEntries(item, join(path, key)))
  return path ? [[path, value]] : []
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name
}

function diff(before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return paths
    .filter((path) => JSON.stringify(before[path]) !== JSON.stringify(after[path]))
    .map((path) => ({ path, before: before[path], after: after[path] }))
}

/** Paths of every state the instance is in, parents included. */
export function activePaths(state: StateValue, path = ''): string[] {
  if (typeof state === 'string') return [join(path, state)]
  return Object.entries(state).flatMap(([name, inner]) => {
    const here = join(path, name)
    return [here, ...activePaths(inner, here)]
  })
}

/** The innermost states the instance is in, in short: `email › sending`, `address › unconfirmed`. */
export function stateWords(state: StateValue): string[] {
  const paths = activePaths(state)
  const leaves = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)))
  if (leaves.length === 1) return [leaves[0]!.split('.').at(-1)!]
  return leaves.map((path) => path.split('.').slice(1).join(' › '))
}

/** How late a time-out may be before it counts as overdue: the next look for work is sooner. */
const GRACE_MS = 5_000

/** Whether a time-out was due and has not been handled: the bus is behind, or its delivery is dead. */
export function isOverdue({ status, dueAt }: Pick<ProcessRow, 'status' | 'dueAt'>, now: number): boolean {
  return status === 'running' && dueAt !== null && Date.parse(dueAt) + GRACE_MS < now
}
