/** What erasure did in one place. */
export interface ErasedPlace {
  table: string
  title: string
  count: number
  what: 'rows removed' | 'made unreadable' | 'emptied and made unreadable' | 'kept, under the id alone'
}

/** What was erased where, without a word of what it was. */
export interface Receipt {
  id: string
  personId: string
  deletedAt: string
  erasedAt: string
  places: ErasedPlace[]
}
