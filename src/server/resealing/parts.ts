import type { Catalog, PersonalTable, PersonKeys, Sealer } from '../../bus/index.ts'
import type { PrivateStorage } from '../../postgres/index.ts'

/** Rows that are looked at together. */
export const BATCH = 200

export interface ResealingParts {
  storage: Pick<PrivateStorage, 'pool' | 'personal'>
  catalog: Catalog
  people: PersonKeys
  sealer: Sealer
  tables: readonly PersonalTable[]
  /** What makes two e-mail addresses the same. */
  emailKeyOf(email: string): string
}

/** Called after each batch: how many rows of it changed. Rejects when it is to end. */
export type Rest = (changed: number) => Promise<void>
