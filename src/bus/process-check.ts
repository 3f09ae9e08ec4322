import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { problemOfFields } from './process-fields.ts'
import type { ProcessDefinition } from './process-manager.ts'

/** Refuses a machine that could not be stored between two messages, or that asks for what no process does. */
export function checkMachine(process: ProcessDefinition): void {
  const { name, machine, reactions, shows } = process
  const refuse = (problem: string): never => {
    throw new TypeError(`Process ${name}: ${problem}.`)
  }
  for (const node of nodesWithin(machine.root as AnyStateNode)) {
    const problem = problemOf(process, node)
    if (problem) refuse(`state ${node.id} ${problem}`)
  }
  const heard = machine.events.map(String).filter(isMessageName)
  const fed = reactions.map(({ message }) => message.name)
  const deaf = heard.find((event) => !fed.includes(event))
  if (deaf) refuse(`its machine waits for ${deaf}, which none of its reactions brings`)
  const unheard = fed.find((event) => !heard.includes(event))
  if (unheard) refuse(`it reacts to ${unheard}, which its machine never takes`)
  const starts = reactions.filter(({ ifNone }) => ifNone === 'start').map(({ message }) => message)
  const untold = problemOfFields(shows, starts)
  if (untold) refuse(untold)
}

function problemOf(process: ProcessDefinition, node: AnyStateNode): string | null {
  if (node.type === 'history') return 'is a history state, which is not stored'
  if (node.invoke.length > 0) return 'invokes an actor: a process waits for messages'
  if (node.after.some(({ delay }) => typeof delay !== 'string'))
    return 'has a delay without a name: name it in setup({ delays })'
  const actions: unknown[] = [
    ...node.entry,
    ...node.exit,
    ...[...node.transitions.values()].flat().flatMap((each) => each.actions),
  ]
  const unknown = actions.map((action) => problemOfAction(process, action)).find((problem) => problem !== null)
  return unknown ?? null
}

/** Messages are `<module>.<message>`; what a machine raises for itself has no dot. */
function isMessageName(event: string): boolean {
  return event.includes('.') && !event.startsWith('xstate.')
}

const ALLOWED = ['xstate.assign', 'xstate.raise', 'xstate.cancel']

function problemOfAction({ actions, machine }: ProcessDefinition, action: unknown): string | null {
  if (typeof action === 'function') {
    const { type } = action as { type?: string }
    return type && ALLOWED.includes(type) ? null : 'has an action without a name: name it, and say what it sends'
  }
  const type = typeof action === 'string' ? action : (action as { type: string }).type
  if (ALLOWED.includes(type) || Object.hasOwn(actions, type)) return null
  const implemented = implementationsOf(machine)[type] as { type?: string } | undefined
  if (implemented?.type && ALLOWED.includes(implemented.type)) return null
  return `has the action ${type}, of which the process does not say what it sends`
}

function implementationsOf({ implementations }: AnyStateMachine): Record<string, unknown> {
  return implementations.actions as Record<string, unknown>
}

function nodesWithin(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child) => nodesWithin(child as AnyStateNode))]
}
