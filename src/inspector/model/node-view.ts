/** A process that runs Waybill, as the others see it. */
export interface NodeView {
  id: string
  host: string
  pid: number
  role: string
  version: string
  /** `silent`: it should have said that it lives, and did not. */
  state: 'alive' | 'silent' | 'stopped'
  /** Whether it does what only one node must do. */
  leads: boolean
  inFlight: number
  startedAt: string
  /** Milliseconds since it last said that it lives. */
  heartbeatAgeMs: number
  stoppedAt: string | null
}
