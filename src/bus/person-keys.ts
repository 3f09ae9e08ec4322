/**
 * A key for each person: everything that is kept about somebody is sealed with it, and is gone for good when it is
 * destroyed. What has no person is sealed with a key of the installation.
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { createBatcher } from './batching.ts'
import { decryptText, encryptText, KEY_BYTES } from './cipher.ts'
import { BusError } from './errors.ts'
import type { PersonKeyStore, Sealer } from './ports.ts'

/** A value about a person, as it is stored: in JSON as an object of this kind, in a column of text as the text alone. */
export interface SealedValue {
  sealed: string
}

export interface Opened {
  value: unknown
  /** Something of it belongs to a person who was erased; in its place there is an {@link ErasedValue}. */
  isErased: boolean
}

/** What stands in the place of a value whose person was erased. */
export interface ErasedValue {
  erased: true
}

/** Seals a JSON value for one of the people it was made for, or for nobody in particular. */
export type Seal = (person: string | null, value: unknown) => SealedValue

export interface PersonKeys {
  /**
   * What seals for these people. Whoever has no key gets one, which is stored before this resolves. Somebody who was
   * erased gets none ever again: what is sealed for them can be opened by nobody.
   */
  sealFor(people: Iterable<string>): Promise<Seal>
  /** Seals a text for a column. */
  sealText(person: string | null, text: string): Promise<string>
  /** Opens every sealed value within a JSON value, whoever it belongs to; the rest stays as it is. */
  open(value: unknown): Promise<Opened>
  /** Whether somebody was erased, as far as this node knows: it does of everybody it has just sealed for. */
  isErased(person: string): boolean
  /** What is nobody's, sealed anew with the present secret; null where it is already, or is somebody's. */
  reseal(value: SealedValue): SealedValue | null
  /** A column's text: as it is where it was stored in clear, null where its person was erased. */
  openText(stored: string): Promise<string | null>
}

const PREFIX = 'personal:v1:'
/** Sealed for somebody who had been erased by then. */
const FOR_NOBODY = 'personal:erased'
const INSTALLATION = '-'
const SEALED = /^personal:v1:(?:-|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):[\w-]+$/
const MAX_CACHED = 10_000
/** A node that does not hear of an erasure forgets the key after this time. */
const FRESH_MS = 60_000

const BATCHES = { maxItems: 500, maxParallel: 2 }

interface Cached {
  key: KeyObject
  until: number
}

export interface PersonKeysOptions {
  store: PersonKeyStore
  sealer: Sealer
  now?: () => number
}

export function createPersonKeys({ store, sealer, now = Date.now }: PersonKeysOptions): PersonKeys {
  const cache = new KeyCache(now)
  store.onErased((person) => cache.forget(person))
  /** One statement for all who ask at once; null for those who were erased, or of whom nothing is known. */
  const batched = (read: (people: readonly string[]) => Promise<ReadonlyMap<string, string | null>>) =>
    createBatcher<string, KeyObject | null>({
      ...BATCHES,
      perform: async (people) => {
        const asOf = cache.generation
        const found = await read([...new Set(people)])
        return people.map((person) => {
          const wrapped = found.get(person)
          const key = typeof wrapped === 'string' ? unwrapKey(sealer, person, wrapped) : null
          if (key) cache.keep(person, key, asOf)
          else if (wrapped === null) cache.keepErased(person)
          return key
        })
      },
    })
  const loads = batched((people) => store.find(people))
  const creations = batched((people) =>
    store.claim(new Map(people.map((person) => [person, wrapKey(sealer, person, randomBytes(KEY_BYTES))]))),
  )
  const keys: PersonKeys = {
    sealFor: async (people) => {
      const ready = new Map<string, readonly KeyObject[]>([[INSTALLATION, sealer.installationKeys]])
      await Promise.all(
        [...new Set(people)].map(async (each) =>
          ready.set(each, asList(cache.find(each) ?? (await creations.add(each)))),
        ),
      )
      return (person, value) => {
        const owner = person ?? INSTALLATION
        const keys = ready.get(owner)
        if (!keys) throw new Error('It seals for those whom it was made for.')
        const [key] = keys
        return { sealed: key ? encrypt(owner, key, JSON.stringify(value)) : FOR_NOBODY }
      }
    },
    sealText: async (person, text) => {
      const seal = await keys.sealFor(person === null ? [] : [person])
      return seal(person, text).sealed
    },
    open: async (value) => {
      const ready = new Map<string, readonly KeyObject[]>([[INSTALLATION, sealer.installationKeys]])
      const owners = new Set(ownersOf(value).filter((owner) => owner !== INSTALLATION))
      await Promise.all(
        [...owners].map(async (each) => ready.set(each, asList(cache.find(each) ?? (await loads.add(each))))),
      )
      return openAll(value, ready)
    },
    isErased: (person) => cache.isErased(person),
    reseal: (value) => {
      const [owner] = ownerOf(value)
      const [present] = sealer.installationKeys
      if (owner !== INSTALLATION || !present || decrypt([present], value) !== value) return null
      const opened = decrypt(sealer.installationKeys, value)
      return opened === value ? null : { sealed: encrypt(INSTALLATION, present, JSON.stringify(opened)) }
    },
    openText: async (stored) => {
      if (!isSealedText(stored)) return stored
      const { value, isErased } = await keys.open({ sealed: stored })
      if (isErased) return null
      return typeof value === 'string' ? value : stored
    },
  }
  return keys
}

/** Keys in memory: so many, for so long, and none of a person who was erased. */
class KeyCache {
  readonly #keys = new Map<string, Cached>()
  readonly #erased = new Set<string>()
  readonly #now: () => number
  /** Counts what was forgotten: what was read before that must not be kept. */
  generation = 0

  constructor(now: () => number) {
    this.#now = now
  }

  find(person: string): KeyObject | undefined {
    const cached = this.#keys.get(person)
    if (!cached) return undefined
    if (cached.until > this.#now()) return cached.key
    this.#keys.delete(person)
    return undefined
  }

  keep(person: string, key: KeyObject, asOf: number): void {
    // Read before an erasure was heard of: good for what waits for it, not for later.
    const until = asOf === this.generation ? this.#now() + FRESH_MS : this.#now() + 1_000
    this.#keys.delete(person)
    this.#keys.set(person, { key, until })
    if (this.#keys.size <= MAX_CACHED) return
    const [oldest] = this.#keys.keys()
    if (oldest !== undefined) this.#keys.delete(oldest)
  }

  keepErased(person: string): void {
    if (this.#erased.size >= MAX_CACHED) this.#erased.clear()
    this.#erased.add(person)
  }

  isErased(person: string): boolean {
    return this.#erased.has(person)
  }

  /** Null: nobody knows who it was. */
  forget(person: string | null): void {
    this.generation += 1
    if (person === null) this.#keys.clear()
    else this.#keys.delete(person)
  }
}

/** Bound to its person: a key that was put into another row does not open there. */
function wrapKey(sealer: Sealer, person: string, key: Buffer): string {
  return sealer.seal(`${person} ${key.toString('base64url')}`)
}

function unwrapKey(sealer: Sealer, person: string, wrapped: string): KeyObject {
  const [owner, key = ''] = sealer.open(wrapped).split(' ', 2)
  if (owner === person) return createSecretKey(key, 'base64url')
  throw new BusError('unsealable', 'The key of a person is stored as that of another one.')
}

function encrypt(owner: string, key: KeyObject, text: string): string {
  return `${PREFIX}${owner}:${encryptText(key, text)}`
}

/** As it is where it was sealed with none of these keys: somebody's own value that only looks like a sealed one. */
function decrypt(keys: readonly KeyObject[], value: SealedValue): unknown {
  const encrypted = value.sealed.slice(value.sealed.indexOf(':', PREFIX.length) + 1)
  for (const key of keys) {
    try {
      return JSON.parse(decryptText(key, encrypted)) as unknown
    } catch {
      // Sealed with another one.
    }
  }
  return value
}

/** A person has one key, or none any more. */
function asList(key: KeyObject | null): KeyObject[] {
  return key ? [key] : []
}

/** Whether a column's text is sealed. */
export function isSealedText(text: string): boolean {
  return SEALED.test(text) || text === FOR_NOBODY
}

/** Whether a part of a stored JSON value is a sealed value. */
export function isSealedValue(value: unknown): value is SealedValue {
  if (typeof value !== 'object' || value === null) return false
  const [[key, sealed] = [], ...more] = Object.entries(value)
  return key === 'sealed' && more.length === 0 && typeof sealed === 'string' && isSealedText(sealed)
}

/** Whether a value was sealed when its person had been erased. */
export function isSealedForNobody(value: unknown): boolean {
  return isSealedValue(value) && value.sealed === FOR_NOBODY
}

function ownerOf({ sealed }: SealedValue): string[] {
  return sealed === FOR_NOBODY ? [] : [sealed.slice(PREFIX.length, sealed.indexOf(':', PREFIX.length))]
}

function ownersOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return isSealedValue(value) ? ownerOf(value) : Object.values(value).flatMap(ownersOf)
}

function openAll(value: unknown, keys: ReadonlyMap<string, readonly KeyObject[]>): Opened {
  let isErased = false
  const open = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part
    if (Array.isArray(part)) return part.map(open)
    if (!isSealedValue(part)) return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, open(item)]))
    const [owner] = ownersOf(part)
    const known = (owner !== undefined && keys.get(owner)) || []
    if (known.length > 0) return decrypt(known, part)
    isErased = true
    return { erased: true } satisfies ErasedValue
  }
  return { value: open(value), isErased }
}
