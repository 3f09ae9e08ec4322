/** What of the world around a delivery says why it stands as it does. */
export interface Circumstances {
  /** An operator has paused its handler. */
  isPaused: boolean
  /** Messages of the same key that its handler has to settle before. */
  ahead: Ahead | null
  /** Other dead deliveries with the same error. */
  sharing: Sharing | null
  /** How long its handler usually takes for messages of this type; null while too few are known. */
  usual: UsualDuration | null
}

export interface Ahead {
  key: string
  count: number
  isMore: boolean
  /** The first of them. */
  state: 'pending' | 'running' | 'retrying' | 'dead'
  messageId: string
}

export interface Sharing {
  fingerprint: string
  others: number
  isMore: boolean
  since: string
}

export interface UsualDuration {
  p50: number
  p95: number
}

export const NO_CIRCUMSTANCES: Circumstances = { isPaused: false, ahead: null, sharing: null, usual: null }
