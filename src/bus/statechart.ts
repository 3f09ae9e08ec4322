/**
 * A process's machine seen as pure functions over plain data. The only place that knows XState, of which it uses
 * the pure `transition`: nothing here runs, waits or keeps anything.
 */
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type ExecutableActionsFrom,
  initialTransition,
  transition,
} from 'xstate'

/** Where a machine is: a state's name, or for each region or parent the state within it. */
export type StateValue = string | { [state: string]: StateValue }

export interface MachineEvent {
  readonly type: string
  readonly [field: string]: unknown
}

export interface Position {
  state: StateValue
  context: Record<string, unknown>
}

/** What a machine asks for when it moves. */
export type Effect =
  | { effect: 'act'; action: string; params: unknown }
  | { effect: 'set-timer'; timer: string; event: MachineEvent; delayMs: number }
  | { effect: 'clear-timer'; timer: string }

export interface Moved extends Position {
  /** `failed`: the final state has the tag `failed`. */
  status: 'running' | 'completed' | 'failed'
  effects: Effect[]
}

/** A state a machine is in, as far as it matters for what is waited for. */
export interface ActiveState {
  /** Path from the root, joined by dots. */
  path: string
  description: string | null
  /** `meta.owes` of the state. */
  owes: string | null
  /** Event types that the state takes, its own delays left out. */
  events: string[]
  /** Timers of the state itself and of those around it. */
  timers: string[]
}

/** From the beginning to where `event` leads. */
export function begin(machine: AnyStateMachine, input: unknown, event: MachineEvent): Moved {
  const [first, entered] = initialTransition(machine, input) as Transitioned
  const [next, moved] = transition(machine, first, event) as Transitioned
  return toMoved(next, [...entered, ...moved])
}

/** Where `event` leads from `at`, or null when the machine does not take it there. */
export function move(machine: AnyStateMachine, at: Position, event: MachineEvent): Moved | null {
  const before = restore(machine, at)
  const [after, actions] = transition(machine, before, event) as Transitioned
  return after === before ? null : toMoved(after, actions)
}

/** The states a machine is in that wait for something. */
export function activeStates(machine: AnyStateMachine, at: Position): ActiveState[] {
  return nodesOf(restore(machine, at)).map((node) => ({
    path: node.path.join('.'),
    description: node.description ?? null,
    owes: owesOf(node),
    events: node.ownEvents.map(String).filter((event) => !event.startsWith('xstate.')),
    timers: withAncestors(node).flatMap((each) => each.after.map(({ eventType }) => String(eventType))),
  }))
}

type Transitioned = [AnyMachineSnapshot, ExecutableActionsFrom<AnyStateMachine>[]]

function restore(machine: AnyStateMachine, { state: value, context }: Position): AnyMachineSnapshot {
  return machine.resolveState({ value, context }) as AnyMachineSnapshot
}

function toMoved(snapshot: AnyMachineSnapshot, actions: ExecutableActionsFrom<AnyStateMachine>[]): Moved {
  const isFailed = snapshot.hasTag('failed')
  return {
    state: snapshot.value as StateValue,
    context: snapshot.context as Record<string, unknown>,
    status: snapshot.status !== 'done' ? 'running' : isFailed ? 'failed' : 'completed',
    effects: actions.flatMap((action) => toEffect(action.type, action.params)),
  }
}

function toEffect(type: string, params: unknown): Effect[] {
  if (type === 'xstate.raise') {
    const { id, event, delay } = params as { id?: string; event: MachineEvent; delay?: number }
    // Without a delay the machine has taken its own event already.
    return delay === undefined ? [] : [{ effect: 'set-timer', timer: id ?? event.type, event, delayMs: delay }]
  }
  if (type === 'xstate.cancel')
    return [{ effect: 'clear-timer', timer: String((params as { sendId: unknown }).sendId) }]
  return [{ effect: 'act', action: type, params }]
}

function nodesOf(snapshot: AnyMachineSnapshot): AnyStateNode[] {
  return snapshot._nodes as AnyStateNode[]
}

function withAncestors(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [node, ...withAncestors(node.parent as AnyStateNode)] : [node]
}

function owesOf({ meta }: AnyStateNode): string | null {
  const { owes } = (meta ?? {}) as { owes?: unknown }
  return typeof owes === 'string' ? owes : null
}
