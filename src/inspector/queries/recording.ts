import type { ShownValue } from '../model/process-view.ts'
import { RECORDING_VERSION, type Recording, recordedProcess } from '../model/recording/recording.ts'
import { withoutPeople } from '../model/recording/without-people.ts'
import { unpackTimeline } from '../model/timeline/packed.ts'
import type { Timeline } from '../model/timeline/timeline.ts'
import { BODY_COLUMNS, maskedJson, type StoredBody } from './payloads.ts'
import { findProcessesOf } from './processes.ts'
import type { ShownParts } from './shown-values.ts'
import { findTimeline } from './timeline.ts'

/** Of all bodies together; what comes after is left out. */
const MOST_OF_BODIES = 4_000_000

const BODIES = `
  SELECT id, name, version, body_text, is_erased FROM (
    SELECT m.id, ${BODY_COLUMNS},
           sum(length(m.body::text)) OVER (ORDER BY m.occurred_at, m.id) AS so_far
    FROM messages AS m WHERE m.id = ANY($1::uuid[])
  ) AS bodies
  WHERE so_far <= ${MOST_OF_BODIES}`

interface BodyRecord extends StoredBody {
  id: string
}

/** A conversation as a file, masked; null when there is none. */
export async function findRecording(parts: ShownParts, conversationId: string): Promise<string | null> {
  const { pool, catalog } = parts
  const packed = await findTimeline(pool, conversationId)
  if (packed === null) return null
  const { timeline, at, isTruncated } = unpackTimeline(packed)
  const [bodies, processes] = await Promise.all([
    pool.query<BodyRecord>(BODIES, [timeline.messages.map((each) => each.id)]),
    findProcessesOf(parts, conversationId),
  ])
  const bodyOf = new Map(bodies.rows.map((row) => [row.id, maskedJson(catalog, row)]))
  const recording: Recording = {
    busrec: RECORDING_VERSION,
    recordedAt: new Date(at).toISOString(),
    conversationId,
    at,
    isTruncated,
    messages: timeline.messages.map((each) => toRecorded(each, bodyOf.get(each.id) ?? null)),
    processes: processes.map((each) =>
      recordedProcess({ ...each, key: withoutPeople(each.key), shown: each.shown.map(shownWithoutPeople) }),
    ),
  }
  return JSON.stringify(recording)
}

function toRecorded(
  { deliveries, ...message }: Timeline['messages'][number],
  body: string | null,
): Recording['messages'][number] {
  return {
    ...message,
    body,
    deliveries: deliveries.map(({ messageId: _message, revision: _revision, failures, ...each }) => ({
      ...each,
      lastError: masked(each.lastError),
      reason: masked(each.reason),
      parkedReason: masked(each.parkedReason),
      failures: [...failures],
    })),
  }
}

function shownWithoutPeople(shown: ShownValue): ShownValue {
  return { ...shown, text: withoutPeople(shown.text) }
}

function masked(text: string | null): string | null {
  return text === null ? null : withoutPeople(text).slice(0, 2_000)
}
