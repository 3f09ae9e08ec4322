/** Messages of the same conversation, by id, in the order in which they were sent. */
export interface Neighbours {
  /** What began it. */
  first: string
  before: string | null
  next: string | null
}
