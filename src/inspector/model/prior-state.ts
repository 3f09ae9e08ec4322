import type { ProcessStatus, ProcessTimer, StateValue } from '../../bus/index.ts'

/** Where an instance of a process was before a message reached it: what its handler had before it, beside the message. */
export interface PriorState {
  name: string
  key: string
  definitionVersion: number
  version: number
  status: ProcessStatus
  state: StateValue
  /** Ids and counts: nothing classified is kept in it. */
  context: Record<string, unknown>
  timers: ProcessTimer[]
}
