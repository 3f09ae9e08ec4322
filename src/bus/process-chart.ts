import type { AnyStateMachine, AnyStateNode } from 'xstate'
import type { ProcessDefinition } from './process-manager.ts'

/** A machine as a drawing needs it: plain data, sent to browsers. Of siblings the one that begins comes first. */
export interface ProcessChart {
  states: ChartState[]
  transitions: ChartTransition[]
}

export interface ChartState {
  /** Path from the root, joined by dots. */
  path: string
  name: string
  kind: 'simple' | 'parent' | 'parallel' | 'final'
  description: string | null
  /** Name of the child it begins in. */
  initial: string | null
  states: ChartState[]
}

export interface ChartTransition {
  from: string
  to: string
  /** `message`: `name` is a message's; `time-out`: a delay's; `done`: everything in it is final; `own`: by itself. */
  cause: 'message' | 'time-out' | 'done' | 'own'
  name: string
  /** Length of the delay, where it does not depend on the instance. */
  delayMs: number | null
  guard: string | null
  /** What is sent on the way. */
  actions: string[]
}

/** The machine of a process as a chart. A transition that stays where it is, is left out. */
export function chartOf({ machine, actions }: ProcessDefinition): ProcessChart {
  const root = machine.root as AnyStateNode
  const nodes = nodesWithin(root)
  const sent = (node: AnyStateNode) => namesOf(node.entry).filter((name) => Object.hasOwn(actions, name))
  return {
    states: startFirst(root).map(toState),
    transitions: nodes.flatMap((node) =>
      [...node.transitions.entries()].flatMap(([event, transitions]) =>
        transitions.flatMap(({ target, guard, actions: own }) =>
          (target ?? []).map((to: AnyStateNode) => ({
            from: pathOf(node),
            to: pathOf(to),
            ...causeOf(machine, node, String(event)),
            guard: guardName(guard),
            actions: [...namesOf(own).filter((name) => Object.hasOwn(actions, name)), ...sent(to)],
          })),
        ),
      ),
    ),
  }
}

const KINDS = { atomic: 'simple', compound: 'parent', parallel: 'parallel', final: 'final', history: 'simple' } as const

function toState(node: AnyStateNode): ChartState {
  return {
    path: pathOf(node),
    name: node.key,
    kind: KINDS[node.type],
    description: node.description ?? null,
    initial: initialOf(node),
    states: startFirst(node).map(toState),
  }
}

function causeOf(machine: AnyStateMachine, node: AnyStateNode, event: string) {
  const timer = node.after.find(({ eventType }) => eventType === event)
  if (timer) return { cause: 'time-out' as const, name: String(timer.delay), delayMs: lengthOf(machine, timer.delay) }
  if (event.startsWith('xstate.done.')) return { cause: 'done' as const, name: 'done', delayMs: null }
  return { cause: event.includes('.') ? ('message' as const) : ('own' as const), name: event, delayMs: null }
}

function lengthOf({ implementations }: AnyStateMachine, delay: unknown): number | null {
  const length: unknown = (implementations.delays as Record<string, unknown>)[String(delay)]
  return typeof length === 'number' ? length : null
}

function guardName(guard: unknown): string | null {
  if (guard === undefined) return null
  if (typeof guard === 'string') return guard
  const { type } = guard as { type?: unknown }
  return typeof type === 'string' ? type : 'a condition'
}

function namesOf(actions: readonly unknown[]): string[] {
  return actions.flatMap((each) => {
    const name = typeof each === 'string' ? each : (each as { type?: unknown }).type
    return typeof name === 'string' ? [name] : []
  })
}

function pathOf({ path }: AnyStateNode): string {
  return path.join('.')
}

function initialOf({ config }: AnyStateNode): string | null {
  const initial = config.initial as unknown
  return typeof initial === 'string' ? initial : null
}

function startFirst(node: AnyStateNode): AnyStateNode[] {
  const initial = initialOf(node)
  const children = childrenOf(node)
  return [...children.filter(({ key }) => key === initial), ...children.filter(({ key }) => key !== initial)]
}

function childrenOf(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states) as AnyStateNode[]
}

function nodesWithin(node: AnyStateNode): AnyStateNode[] {
  return [node, ...childrenOf(node).flatMap(nodesWithin)]
}
