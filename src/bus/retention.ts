import type { MessageDefinition } from './message.ts'

/** For how many days after its last settlement a message is kept. */
export interface Retention {
  /** For every message that is not named, also those that this build does not know. */
  readonly defaultDays: number
  readonly exceptions: ReadonlyMap<string, number>
}

export const DEFAULT_RETENTION_DAYS = 30

/** What the messages of a build declare; of several versions of one message the longest counts. */
export function retentionOf(definitions: readonly Pick<MessageDefinition, 'name' | 'retentionDays'>[]): Retention {
  const days = new Map<string, number>()
  for (const { name, retentionDays } of definitions) days.set(name, Math.max(retentionDays, days.get(name) ?? 0))
  const exceptions = new Map([...days].filter(([, each]) => each !== DEFAULT_RETENTION_DAYS))
  return { defaultDays: DEFAULT_RETENTION_DAYS, exceptions }
}
