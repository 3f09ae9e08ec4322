import { formatRateOf } from '../overview.ts'
import { handlerId, moduleOf, recurringId, type Topology, typeId } from './topology.ts'

/** What changes of a node while one looks. */
export interface NodeState {
  /** `12 sent`, `3 dead`. */
  words: string
  tone: 'calm' | 'dead' | 'retrying' | 'paused'
}

/**
 * The live state of every node, outside of what the map is given as a whole: a change is drawn by the nodes that it
 * is about, and by no other.
 */
export class LiveNodes {
  readonly #states = new Map<string, NodeState>()
  readonly #listeners = new Map<string, Set<() => void>>()

  get(id: string): NodeState | undefined {
    return this.#states.get(id)
  }

  subscribe(id: string, listener: () => void): () => void {
    const own = this.#listeners.get(id) ?? new Set()
    this.#listeners.set(id, own.add(listener))
    return () => own.delete(listener)
  }

  /** Tells those whose state is another now. */
  set(states: ReadonlyMap<string, NodeState>): void {
    for (const [id, state] of states) {
      const known = this.#states.get(id)
      if (known?.words === state.words && known.tone === state.tone) continue
      this.#states.set(id, state)
      for (const listener of this.#listeners.get(id) ?? []) listener()
    }
  }
}

export function statesOf({ types, handlers, recurring }: Topology): Map<string, NodeState> {
  const states = new Map<string, NodeState>()
  for (const { name, sent, fromOutside } of types) {
    const outside = fromOutside > 0 && fromOutside < sent ? `, ${formatRateOf(fromOutside)} from outside` : ''
    const words =
      fromOutside > 0 && fromOutside === sent
        ? `${formatRateOf(sent)} from outside`
        : `${formatRateOf(sent)} sent${outside}`
    states.set(typeId(name), { words, tone: 'calm' })
  }
  for (const each of handlers) states.set(handlerId(each.name), stateOf(each))
  for (const name of recurring) states.set(recurringId(name), { words: 'by the clock', tone: 'calm' })
  const modules = Map.groupBy(handlers, (each) => moduleOf(each.name))
  for (const name of new Set([...modules.keys(), ...types.map((each) => moduleOf(each.name))])) {
    const own = modules.get(name) ?? []
    const size = sizeOf(types.filter((each) => moduleOf(each.name) === name).length, own.length)
    const state = stateOf({
      attempts: 0,
      dead: sum(own.map((each) => each.dead)),
      retrying: sum(own.map((each) => each.retrying)),
      isPaused: false,
    })
    states.set(
      `m:${name}`,
      state.tone === 'calm' ? { words: size, tone: 'calm' } : { ...state, words: `${size}, ${state.words}` },
    )
  }
  return states
}

type Condition = Pick<Topology['handlers'][number], 'attempts' | 'dead' | 'retrying' | 'isPaused'>

function stateOf({ attempts, dead, retrying, isPaused }: Condition): NodeState {
  if (dead > 0) return { words: `${formatRateOf(dead)} dead`, tone: 'dead' }
  if (isPaused) return { words: 'paused', tone: 'paused' }
  if (retrying > 0) return { words: `${formatRateOf(retrying)} retrying`, tone: 'retrying' }
  return { words: `${formatRateOf(attempts)} attempts`, tone: 'calm' }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function sizeOf(types: number, handlers: number): string {
  return [counted(types, 'type'), counted(handlers, 'handler')].filter((each) => each !== null).join(', ')
}

function counted(count: number, word: string): string | null {
  return count === 0 ? null : `${count} ${word}${count === 1 ? '' : 's'}`
}
