import type { MigrationFile } from './migration-files.ts'

/** A row of Prisma's `_prisma_migrations`. */
export interface AppliedMigration {
  readonly migration_name: string
  readonly checksum: string
  readonly finished_at: Date | null
  readonly rolled_back_at: Date | null
}

export type Comparison =
  | { readonly outcome: 'current' }
  | { readonly outcome: 'behind'; readonly missing: readonly string[] }
  | { readonly outcome: 'newer' | 'changed' | 'unfinished'; readonly name: string }

/** Holds what a database has been through against the migrations of this build. */
export function compareHistory(files: readonly MigrationFile[], history: readonly AppliedMigration[]): Comparison {
  const live = history.filter((row) => row.rolled_back_at === null)
  const unfinished = live.find((row) => row.finished_at === null)
  if (unfinished) return { outcome: 'unfinished', name: unfinished.migration_name }
  const known = new Map(files.map((file) => [file.name, file.checksum]))
  const newer = live.find((row) => !known.has(row.migration_name))
  if (newer) return { outcome: 'newer', name: newer.migration_name }
  const changed = live.find((row) => known.get(row.migration_name) !== row.checksum)
  if (changed) return { outcome: 'changed', name: changed.migration_name }
  const applied = new Set(live.map((row) => row.migration_name))
  const missing = files.flatMap((file) => (applied.has(file.name) ? [] : file.name))
  return missing.length > 0 ? { outcome: 'behind', missing } : { outcome: 'current' }
}
