import type { ProcessRow } from './process-view.ts'
import type { MessageRow } from './view.ts'

/** Everything that one key touched: a person, an order, or whatever messages were sent with. */
export interface KeyView {
  key: string
  /** Whether it is the id of somebody with an account. */
  isPerson: boolean
  /** Newest first. */
  messages: MessageRow[]
  /** There are older ones. */
  isCut: boolean
  processes: ProcessRow[]
}
