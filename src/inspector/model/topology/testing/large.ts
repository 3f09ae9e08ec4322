import type { HandlerNode, Route, Topology, TypeNode } from '../topology.ts'
import { handlerId, typeId } from '../topology.ts'

const PER_MODULE = 15

/**
 * A registry as a large product has it: modules of commands and events, each command's handler telling an event, each
 * event heard by the next modules, which send commands. What happens differs from round to round.
 */
export function largeTopology(count: number, round = 0): Topology {
  const types: TypeNode[] = []
  const handlers: HandlerNode[] = []
  const routes: Route[] = []
  const nameOf = (index: number) => {
    const kind = index % 3 === 0 ? 'do' : 'done'
    return `module-${Math.floor(index / PER_MODULE) % Math.ceil(count / PER_MODULE)}.${kind}-${index % count}`
  }
  const add = (name: string, index: number) => {
    const dead = (index + round) % 41 === 0 ? 1 + (round % 3) : 0
    handlers.push({ name, attempts: index * 7 + round * 3, dead, retrying: 0, isPaused: false, isKnown: true })
  }
  for (let index = 0; index < count; index += 1) {
    const name = nameOf(index)
    const isCommand = index % 3 === 0
    types.push({
      name,
      kind: isCommand ? 'command' : 'event',
      sent: index * 7 + round * 3,
      fromOutside: index % 9 === 0 ? 3 : 0,
      isKnown: true,
    })
    const status = index % 11 === 0 ? 'declared' : 'seen'
    const handler = isCommand ? name : `${nameOf(index + 4).split('.')[0]}.on-${index}`
    add(handler, index)
    routes.push({ from: typeId(name), to: handlerId(handler), count: index, status })
    const next = isCommand ? index + 1 : index - (index % 3) + 9
    if (next < count && (isCommand || index % 2 === 0)) {
      routes.push({ from: handlerId(handler), to: typeId(nameOf(next)), count: index, status: 'seen' })
    }
  }
  return { types, handlers, recurring: [], routes, isIncomplete: false }
}
