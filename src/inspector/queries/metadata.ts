import { type Catalog, findRoute, isSealedSecret, isSealedValue, type Registry, retentionOf } from '../../bus/index.ts'
import { type Contract, classifiedFields, type Metadata } from '../model/payload/metadata.ts'
import type { StoredBody } from './payloads.ts'

export interface MetadataRecord {
  answers_repeats_until: Date | null
}

/** Of message `m`; they need {@link METADATA_SOURCES}. */
export const METADATA_COLUMNS = 'first.expires_at AS answers_repeats_until'
export const METADATA_SOURCES = `LEFT JOIN idempotency_keys AS first
    ON first.name = m.name AND first.key = m.idempotency_key AND first.message_id = m.id AND first.expires_at > now()`

interface Parts {
  catalog: Catalog
  registry: Registry
}

/** What is known of a stored message beside what it says. */
export function metadataOf({ catalog, registry }: Parts, record: StoredBody & MetadataRecord): Metadata {
  const { name, version, body_text, is_erased, answers_repeats_until } = record
  const stored = JSON.parse(body_text) as unknown
  const { defaultDays, exceptions } = retentionOf(registry.definitions)
  return {
    bodyBytes: Buffer.byteLength(JSON.stringify(stored)),
    classified: classifiedFields(catalog.mask(name, version, stored, is_erased), stored, isSealed),
    owner: registry.definitions.find((each) => each.name === name)?.owner ?? null,
    contract: contractOf({ catalog, registry }, { name, version }),
    retentionDays: exceptions.get(name) ?? defaultDays,
    answersRepeatsUntil: answers_repeats_until?.toISOString() ?? null,
  }
}

function isSealed(value: unknown): boolean {
  return isSealedValue(value) || (typeof value === 'string' && isSealedSecret(value))
}

function contractOf({ catalog, registry }: Parts, stored: { name: string; version: number }): Contract {
  const known = registry.definitions.filter((each) => each.name === stored.name)
  const newest = known.sort((a, b) => b.version - a.version)[0]
  const isDeclared = catalog.find(stored.name, stored.version) !== undefined
  if (!newest) return { newest: null, isDeclared, isRead: false }
  return { newest: newest.version, isDeclared, isRead: leadsTo(() => findRoute(catalog.find, stored, newest)) }
}

function leadsTo(find: () => unknown): boolean {
  try {
    find()
    return true
  } catch {
    return false
  }
}
