import { BusError } from './errors.ts'
import type { MessageDefinition } from './message.ts'

type Find = (name: string, version: number) => MessageDefinition | undefined

/** How a body goes from one version to another: the versions it passes through, the wanted one last. */
export type Route = readonly MessageDefinition[]

/**
 * The shortest way from a stored version to the wanted one, or why there is none. A handler of an older version than
 * the message has none: what a newer version left out cannot be made up.
 */
export function findRoute(find: Find, from: { name: string; version: number }, wanted: MessageDefinition): Route {
  if (from.name !== wanted.name) {
    throw new BusError('unknown-message', `It is a ${from.name}; in this build the handler takes ${wanted.name}.`)
  }
  if (from.version > wanted.version) {
    throw new BusError(
      'unknown-message',
      `It is version ${from.version} of ${from.name}; in this build its handler knows no later one than ${wanted.version}.`,
    )
  }
  const route = routeTo(find, from.version, wanted)
  if (route) return route
  throw new BusError(
    'cannot-upcast',
    `${wanted.name} v${wanted.version} declares no upcaster that leads there from version ${from.version}.`,
  )
}

function routeTo(find: Find, from: number, wanted: MessageDefinition): Route | null {
  if (from === wanted.version) return []
  if (wanted.upcast[from]) return [wanted]
  const between = Object.keys(wanted.upcast).map(Number)
  for (const version of between.filter((each) => each > from && each < wanted.version).sort((a, b) => a - b)) {
    const via = find(wanted.name, version)
    const route = via && routeTo(find, from, via)
    if (route) return [...route, wanted]
  }
  return null
}

/** @throws BusError `cannot-upcast` when an upcaster fails on this body. */
export function follow(route: Route, from: number, body: unknown): unknown {
  let [version, value] = [from, body]
  for (const next of route) {
    try {
      value = next.upcast[version]!(value as Record<string, unknown>)
    } catch (cause) {
      const text = `The upcaster of ${next.name} from version ${version} to ${next.version} failed on it`
      // Its message could hold what the body holds.
      throw new BusError('cannot-upcast', `${text} (${cause instanceof Error ? cause.name : 'Thrown'}).`, { cause })
    }
    version = next.version
  }
  return value
}
