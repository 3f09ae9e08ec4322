/** A filter of the live list that somebody gave a name. */
export interface SavedView {
  viewId: string
  name: string
  filter: string
  isShared: boolean
  isOwn: boolean
  /** Name of whoever saved it. */
  owner: string
}
