import type { Pool } from 'pg'
import type { PersonKeyStore, Tx } from '../bus/index.ts'
import { ListenConnection } from './listen-connection.ts'

const CHANNEL = 'waybill_erased'

/** In one order everywhere, so that two who make keys for the same people do not wait for each other in a circle. */
const CLAIM = {
  name: 'claim-person-keys',
  text: `
    WITH offered AS MATERIALIZED (
      SELECT person_id, wrapped_key FROM unnest($1::uuid[], $2::text[]) AS o (person_id, wrapped_key) ORDER BY person_id
    ), made AS (
      INSERT INTO person_keys (person_id, wrapped_key) SELECT person_id, wrapped_key FROM offered
      ON CONFLICT (person_id) DO NOTHING
      RETURNING person_id, wrapped_key
    )
    SELECT person_id, wrapped_key FROM made
    UNION ALL
    SELECT k.person_id, k.wrapped_key FROM offered JOIN person_keys AS k ON k.person_id = offered.person_id`,
}

const FIND = {
  name: 'find-person-keys',
  text: 'SELECT person_id, wrapped_key FROM person_keys WHERE person_id = ANY ($1::uuid[])',
}

const ERASE = {
  name: 'erase-person-key',
  text: `
    INSERT INTO person_keys AS k (person_id, wrapped_key, erased_at) VALUES ($1, NULL, now())
    ON CONFLICT (person_id) DO UPDATE SET wrapped_key = NULL, erased_at = now() WHERE k.wrapped_key IS NOT NULL
    RETURNING person_id`,
}

const WITHDRAW = {
  name: 'withdraw-person-key',
  text: 'DELETE FROM person_keys WHERE person_id = $1 AND wrapped_key IS NOT NULL',
}

/** Erasures are rare: their NOTIFY may well go with their transaction. */
const TELL = { name: 'tell-of-erasure', text: 'SELECT pg_notify($1, $2)' }

interface KeyRow {
  person_id: string
  wrapped_key: string | null
}

/** Keys of people in PostgreSQL. Asks on connections of the bus, never on one that a handler may hold. */
export class PostgresPersonKeys implements PersonKeyStore {
  readonly #pool: Pool
  readonly #listening: ListenConnection
  readonly #listeners: ((person: string | null) => void)[] = []

  constructor({ pool, url }: { pool: Pool; url: string }) {
    this.#pool = pool
    this.#listening = new ListenConnection({
      url,
      channel: CHANNEL,
      onNotification: (person) => this.#tell(person),
      onRestored: () => this.#tell(null),
    })
  }

  start(): Promise<void> {
    return this.#listening.start()
  }

  stop(): Promise<void> {
    return this.#listening.stop()
  }

  async claim(offered: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string | null>> {
    const keys = new Map<string, string | null>()
    while (keys.size < offered.size) {
      const missing = [...offered].filter(([person]) => !keys.has(person))
      const values = [missing.map(([person]) => person), missing.map(([, key]) => key)]
      // One that another node makes at the same moment is in neither part; it is there when we ask again.
      const { rows } = await this.#pool.query<KeyRow>({ ...CLAIM, values })
      for (const row of rows) keys.set(row.person_id, row.wrapped_key)
    }
    return keys
  }

  async find(people: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const { rows } = await this.#pool.query<KeyRow>({ ...FIND, values: [people] })
    return new Map(rows.map((row) => [row.person_id, row.wrapped_key]))
  }

  async erase(tx: Tx, person: string): Promise<boolean> {
    const isNew = (await tx.query(ERASE, [person])).length > 0
    await tx.query(TELL, [CHANNEL, person])
    // Here at once, and again with everybody else when it is committed.
    this.#tell(person)
    return isNew
  }

  async withdraw(tx: Tx, person: string): Promise<void> {
    await tx.query(WITHDRAW, [person])
    this.#tell(person)
  }

  onErased(listener: (person: string | null) => void): void {
    this.#listeners.push(listener)
  }

  #tell(person: string | null): void {
    for (const listener of this.#listeners) listener(person)
  }
}
