import type { PersonKeyStore, Tx } from '../ports.ts'

/** Keys of people in memory. */
export class InMemoryPersonKeys implements PersonKeyStore {
  readonly #keys = new Map<string, string | null>()
  readonly #listeners: ((person: string | null) => void)[] = []
  readonly #onCommit: (tx: Tx, change: () => void) => void

  constructor(onCommit: (tx: Tx, change: () => void) => void) {
    this.#onCommit = onCommit
  }

  async claim(offered: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string | null>> {
    for (const [person, key] of offered) if (!this.#keys.has(person)) this.#keys.set(person, key)
    return this.find([...offered.keys()])
  }

  async find(people: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    return new Map(people.flatMap((person) => (this.#keys.has(person) ? [[person, this.#keys.get(person)!]] : [])))
  }

  async erase(tx: Tx, person: string): Promise<boolean> {
    if (this.#keys.get(person) === null) return false
    this.#onCommit(tx, () => {
      this.#keys.set(person, null)
      for (const listener of this.#listeners) listener(person)
    })
    return true
  }

  async withdraw(tx: Tx, person: string): Promise<void> {
    this.#onCommit(tx, () => {
      if (typeof this.#keys.get(person) === 'string') this.#keys.delete(person)
      for (const listener of this.#listeners) listener(person)
    })
  }

  onErased(listener: (person: string | null) => void): void {
    this.#listeners.push(listener)
  }
}
