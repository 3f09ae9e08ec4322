import type { Prisma } from '../../prisma/generated/client.ts'
import type { Tx } from '../bus/index.ts'
import type { Statement } from './statement.ts'

/** A transaction that belongs to its caller, who commits it; whoever waits for work is woken then. */
export class PrismaTransaction implements Tx {
  readonly isOpen = true
  readonly #client: Prisma.TransactionClient

  constructor(client: Prisma.TransactionClient) {
    this.#client = client
  }

  query<Row extends object>(statement: string | Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const text = typeof statement === 'string' ? statement : statement.text
    return this.#client.$queryRawUnsafe<Row[]>(text, ...values)
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
