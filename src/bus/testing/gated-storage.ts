import type { Storage } from '../ports.ts'

/** Decides whether and when a call to the storage is made, and whether its answer is heard. */
export type Gate = <T>(call: string, make: () => Promise<T>) => Promise<T>

export interface Gates {
  each: Gate
  /** What is done in a transaction; when this rejects it is rolled back. */
  within<T>(work: Promise<T>): Promise<T>
  /** The transaction as a whole, from outside. */
  around<T>(run: () => Promise<T>): Promise<T>
}

const GATED = [
  ...(['outbox', 'deliveries', 'replies', 'outages', 'processes'] as const),
  ...(['handlerSettings', 'rateLimits', 'recurring', 'personKeys'] as const),
] satisfies (keyof Storage)[]

/** The same storage, of which every call passes a gate: for tests of nodes that die, or whose database is away. */
export function gatedStorage<S extends Storage>(storage: S, gates: Gates): S {
  const parts = GATED.map((part) => [part, gatedPart(storage[part], part, gates.each)] as const)
  const unitOfWork: Storage['unitOfWork'] = {
    run: (work, options) => gates.around(() => storage.unitOfWork.run((tx) => gates.within(work(tx)), options)),
  }
  return { ...storage, ...(Object.fromEntries(parts) as Partial<S>), unitOfWork }
}

/** One part of a storage, of which every call passes a gate. */
export function gatedPart<Part extends object>(part: Part, name: string, gate: Gate): Part {
  return new Proxy(part, {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property, target)
      if (typeof member !== 'function') return member
      // Whoever listens is told, and asks nothing.
      if (property === 'onErased') return member.bind(target) as unknown
      return (...values: unknown[]) =>
        gate(`${name}.${String(property)}`, () => Reflect.apply(member, target, values) as Promise<unknown>)
    },
  })
}
