import type { Clock } from '../../bus/index.ts'

/** One answer for all who ask within a while: whatever the number of viewers, the database is asked once. */
export function shared<Key, Answer>(
  clock: Clock,
  holdMs: number,
  ask: (key: Key) => Promise<Answer>,
): (key: Key) => Promise<Answer> {
  const answers = new Map<string, { until: number; answer: Promise<Answer> }>()
  return (key) => {
    const now = clock.now().getTime()
    for (const [name, { until }] of answers) if (until <= now) answers.delete(name)
    const name = JSON.stringify(key) ?? ''
    const known = answers.get(name)
    if (known) return known.answer
    const answer = ask(key)
    answers.set(name, { until: now + holdMs, answer })
    // A failure is told to those who asked, and to nobody after them.
    answer.catch(() => answers.delete(name))
    return answer
  }
}
