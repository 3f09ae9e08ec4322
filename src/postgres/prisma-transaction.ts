import type { PoolClient } from 'pg'
import type { Prisma } from '../../prisma/generated/client.ts'
import type { Tx } from '../bus/index.ts'
import { connectionOf } from './join-transaction.ts'
import type { PersonalTexts } from './personal-columns.ts'
import { planned, type Statement } from './statement.ts'

/** A transaction that belongs to its caller, who commits it; whoever waits for work is woken then. */
export class PrismaTransaction implements Tx {
  readonly isOpen = true
  readonly personal: PersonalTexts
  readonly #client: Prisma.TransactionClient
  readonly #connection: PoolClient

  constructor(client: Prisma.TransactionClient, personal: PersonalTexts) {
    this.personal = personal
    this.#client = client
    this.#connection = connectionOf(client)
  }

  /** Beside Prisma, which would have each statement planned anew. */
  async query<Row extends object>(statement: string | Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const asked = typeof statement === 'string' ? planned(statement) : statement
    const { rows } = await this.#connection.query<Row>({ ...asked, values: [...values] })
    return rows
  }

  async last(statement: Statement, values: readonly unknown[], toError: (error: unknown) => unknown): Promise<void> {
    await this.query(statement, values).catch((error: unknown) => {
      throw toError(error)
    })
  }

  async prisma(): Promise<Prisma.TransactionClient> {
    return this.#client
  }

  /** Every commit of a Prisma transaction wakes; see `createPrisma`. */
  bringsWork(): void {}
}
