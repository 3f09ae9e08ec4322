import type { ProcessDefinition } from './process-manager.ts'
import type { ProcessTimer, Waiting } from './process-store.ts'
import { activeStates, type Position } from './statechart.ts'

/** What an instance at `at` waits for, until when, and who owes it. */
export function waitingFor(process: ProcessDefinition, at: Position, timers: readonly ProcessTimer[]): Waiting[] {
  const states = activeStates(process.machine, at)
  const waiting = states.flatMap(({ path, description, owes, events, timers: own }): Waiting[] => {
    const reactions = process.reactions.filter(({ message }) => events.includes(message.name))
    if (reactions.length === 0) return []
    const messages = reactions.map(({ message }) => message.name)
    const owners = [...new Set(reactions.map(({ message }) => message.owner))]
    const ends = timers.filter(({ timer, event }) => own.includes(timer) || events.includes(event.type))
    return [
      {
        state: path,
        what: description ?? messages.join(' or '),
        messages,
        owes: owes === null ? owners : [owes],
        until: earliest(ends),
      },
    ]
  })
  if (waiting.length > 0) return waiting
  const until = earliest(timers)
  const innermost = states.at(-1)
  return until === null
    ? []
    : [{ state: innermost?.path ?? '', what: innermost?.description ?? 'time to pass', messages: [], owes: [], until }]
}

function earliest(timers: readonly ProcessTimer[]): string | null {
  return timers.map(({ dueAt }) => dueAt).sort()[0] ?? null
}
