/**
 * A table that keeps something about people. What is sealed in it, what its person is given of it and what erasure does
 * to it are all read from here: a table that is missing in this list is found by the test that looks for markers.
 */
export interface PersonalTable {
  table: string
  /** What it is to its person, in their words. */
  title: string
  /** Its model in Prisma's client, where rows are written and read by that. */
  model: string | null
  /** The column with the id of the person a row is about; or a condition, in which `$1` is the person. */
  person: string | { where: string }
  /** Columns of text that are sealed with the person's key. */
  sealed: readonly string[]
  /** Those of them whose texts say who it is: they are struck out of errors about their person, whoever wrote those. */
  struckOut?: readonly string[]
  /** Columns by which somebody is found: a keyed hash stands in them. */
  hashed?: readonly string[]
  /** Columns that the person is given with their data; never a secret. */
  exported: readonly string[]
  /**
   * What erasure does: rows are removed, or stay and what they say of the person cannot be read any more; `set` takes out
   * of rows that stay what was never sealed. `kept` are rows that name the person by id alone.
   */
  onErasure: 'rows-removed' | 'made-unreadable' | 'kept' | { set: string; where: string }
}

/** The condition by which a person's rows are found; `$1` is the person. */
export function rowsOf({ person }: PersonalTable): string {
  return typeof person === 'string' ? `"${person}" = $1` : person.where
}
