import type { HitKind } from '../../model/lookup.ts'

/** What each kind of thing is called. */
export const HIT_WORDS: Record<HitKind, string> = {
  message: 'message',
  delivery: 'delivery',
  conversation: 'conversation',
  person: 'person',
  process: 'process',
  key: 'key',
  operation: 'operation',
  failures: 'failures',
  handler: 'handler',
  type: 'type',
  error: 'error',
}
