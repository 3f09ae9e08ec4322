/** Reads a file that somebody hands in: it may be anything. */
import type { z } from 'zod'
import { MOST_BYTES, RECORDING_VERSION, type Recording, recordingSchema } from './recording.ts'

export type ReadRecording = { ok: true; recording: Recording } | { ok: false; problem: string }

export const NOT_READABLE: ReadRecording = { ok: false, problem: 'The file could not be read. Choose it again.' }

/** Why a file is not even opened; null where it may be. */
export function sizeProblem(bytes: number): string | null {
  if (bytes <= MOST_BYTES) return null
  const size = Math.ceil(bytes / 1_024 / 1_024).toLocaleString('en')
  return `The file has ${size} MB, and a recording has ${MOST_BYTES / 1_024 / 1_024} MB at most. Nothing was opened.`
}

export function readRecording(text: string): ReadRecording {
  const parsed = parse(text)
  if (!parsed)
    return problem('This is no recording: it is not JSON, or it was cut short. Export the conversation again.')
  const { value } = parsed
  if (typeof value !== 'object' || value === null || !('busrec' in value))
    return problem('This is JSON, but no recording of a conversation. Recordings come from “Export” on its page.')
  const { busrec } = value
  if (typeof busrec === 'number' && Number.isInteger(busrec) && busrec > RECORDING_VERSION) {
    return problem(
      `It was made by a newer Waybill: its version is ${busrec}, and this one reads up to ${RECORDING_VERSION}. Open it in a newer one.`,
    )
  }
  return check(value)
}

function parse(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

function check(value: unknown): ReadRecording {
  try {
    const checked = recordingSchema.safeParse(value)
    if (!checked.success) return problem(`The recording is damaged at ${placeOf(checked.error)}. Export it again.`)
    const contradiction = contradictionIn(checked.data)
    return contradiction
      ? problem(`The recording contradicts itself: ${contradiction}.`)
      : { ok: true, recording: checked.data }
  } catch {
    // Nested so deeply that nobody wrote it.
    return problem('The recording is damaged: it is nested too deeply. Export it again.')
  }
}

function placeOf(error: z.ZodError): string {
  const [issue] = error.issues
  const path = (issue?.path ?? []).map((each) => (typeof each === 'number' ? `[${each}]` : `.${String(each)}`)).join('')
  const place = path.slice(0, 200).replace(/^\./, '') || 'its beginning'
  return issue ? `${place} (${issue.message})` : place
}

/** What no bus would have written, and no view could draw. */
function contradictionIn({ messages }: Recording): string | null {
  const ids = new Set<string>()
  const senders = new Map<string, string>()
  for (const { id, deliveries } of messages) {
    for (const each of [id, ...deliveries.map((one) => one.id)]) {
      if (ids.has(each)) return `${each} is in it twice`
      ids.add(each)
    }
    for (const each of deliveries) senders.set(each.id, id)
  }
  const causes = new Map(
    messages.map(({ id, causeId, causeDeliveryId }) => [id, senders.get(causeDeliveryId ?? '') ?? causeId]),
  )
  const first = firstInCircle(causes)
  return first ? `${first} is a cause of itself` : null
}

function firstInCircle(causes: ReadonlyMap<string, string | null>): string | null {
  const isSound = new Set<string>()
  for (const start of causes.keys()) {
    const path = new Set<string>()
    let at: string | null | undefined = start
    while (at && causes.has(at) && !isSound.has(at)) {
      if (path.has(at)) return at
      path.add(at)
      at = causes.get(at)
    }
    for (const each of path) isSound.add(each)
  }
  return null
}

function problem(text: string): ReadRecording {
  return { ok: false, problem: text }
}
