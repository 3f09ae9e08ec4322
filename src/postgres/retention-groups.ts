import type { Retention } from '../bus/index.ts'

/** What is kept for the same time: those that are named, or all but those. */
export interface RetentionGroup {
  days: number
  names: readonly string[]
  areNamed: boolean
}

export function groupsOf({ defaultDays, exceptions }: Retention): RetentionGroup[] {
  const days = new Set(exceptions.values())
  return [
    { days: defaultDays, names: [...exceptions.keys()], areNamed: false },
    ...[...days].map((each) => ({ days: each, names: namesOf(exceptions, each), areNamed: true })),
  ]
}

function namesOf(exceptions: ReadonlyMap<string, number>, days: number): string[] {
  return [...exceptions].filter(([, each]) => each === days).map(([name]) => name)
}
