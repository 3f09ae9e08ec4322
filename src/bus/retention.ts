import type { MessageDefinition } from './message.ts'

/** For how many days a message is kept after its last settlement, or an instance of a process after its end. */
export interface Retention {
  /** For every one that is not named, also those that this build does not know. */
  readonly defaultDays: number
  readonly exceptions: ReadonlyMap<string, number>
}

export const DEFAULT_RETENTION_DAYS = 30

/** What the messages or processes of a build declare; of several versions of one the longest counts. */
export function retentionOf(definitions: readonly Pick<MessageDefinition, 'name' | 'retentionDays'>[]): Retention {
  const days = new Map<string, number>()
  for (const { name, retentionDays } of definitions) days.set(name, Math.max(retentionDays, days.get(name) ?? 0))
  const exceptions = new Map([...days].filter(([, each]) => each !== DEFAULT_RETENTION_DAYS))
  return { defaultDays: DEFAULT_RETENTION_DAYS, exceptions }
}
