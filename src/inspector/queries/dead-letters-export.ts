import type { Pool } from 'pg'
import type { Catalog } from '../../bus/index.ts'
import {
  type DeadLettersFile,
  type ExportedDeadLetter,
  type ExportFormat,
  toCsv,
  toJson,
} from '../model/dead-letters-export.ts'
import { withoutPeople } from '../model/recording/without-people.ts'
import type { Selection } from '../operation-messages.ts'
import { newestDead, selectionValues } from '../operations/freeze.ts'
import { BODY_COLUMNS, maskedJson, type StoredBody } from './payloads.ts'

/** A file for somebody to read, not a backup. */
const MOST = 2_000

const ROWS = `
  SELECT d.id, d.message_id, m.conversation_id, d.subscription, m.key, m.occurred_at, d.settled_at,
         d.attempt, d.fingerprint, d.last_error, ${BODY_COLUMNS}
  FROM (${newestDead(MOST + 1)}) AS dead
  JOIN deliveries AS d ON d.id = dead.id JOIN messages AS m ON m.id = d.message_id
  ORDER BY d.settled_at DESC, d.id DESC`

interface Row extends StoredBody {
  id: string
  message_id: string
  conversation_id: string
  subscription: string
  key: string | null
  occurred_at: Date
  settled_at: Date
  attempt: number
  fingerprint: string | null
  last_error: string | null
}

interface Parts {
  pool: Pool
  catalog: Catalog
}

export interface ExportRequest {
  selection: Selection
  format: ExportFormat
}

/** The newest of a selection as a file; classified values are masked in it. */
export async function exportDeadLetters(
  { pool, catalog }: Parts,
  { selection, format }: ExportRequest,
): Promise<DeadLettersFile> {
  const { rows } = await pool.query<Row>(ROWS, selectionValues('infinity', selection))
  const letters = rows.slice(0, MOST).map((row) => toExported(catalog, row))
  return {
    name: `dead-letters.${format}`,
    content: format === 'csv' ? toCsv(letters) : toJson(letters),
    count: letters.length,
    isCut: rows.length > MOST,
  }
}

function toExported(catalog: Catalog, row: Row): ExportedDeadLetter {
  return {
    deliveryId: row.id,
    messageId: row.message_id,
    conversationId: row.conversation_id,
    type: row.name,
    handler: row.subscription,
    key: row.key === null ? null : withoutPeople(row.key),
    sentAt: row.occurred_at.toISOString(),
    diedAt: row.settled_at.toISOString(),
    attempts: row.attempt,
    fingerprint: row.fingerprint,
    error: row.last_error === null ? null : withoutPeople(row.last_error),
    payload: maskedJson(catalog, row),
  }
}
