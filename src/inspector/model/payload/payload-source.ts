/**
 * A payload that is looked into piece by piece. What is small answers at once; what is large is held by a worker, and
 * only what is shown of it ever comes to the page.
 */
import { parseExact } from './exact-json.ts'
import { copyOf, type FixtureOf, fixtureOf } from './payload-copies.ts'
import { diffPayloads, type PayloadDiff } from './payload-diff.ts'
import {
  type Folding,
  type Found,
  findInPayload,
  type KeyOrder,
  type PayloadRow,
  payloadRows,
  textOf,
  valueAt,
} from './payload-rows.ts'
import { maskedPaths } from './revealed.ts'

/** What is longer is never parsed by the page itself. */
export const MOST_PARSED_BY_PAGE = 65_536

export type Answer<Value> = Value | Promise<Value>

export interface PayloadSource {
  rows(folding: Folding, order: KeyOrder): Answer<readonly PayloadRow[]>
  find(text: string, order: KeyOrder): Answer<readonly Found[]>
  /** A value without parts, as it is written in JSON, all of it. */
  text(path: string): Answer<string>
  /** What is at a path, for the clipboard: a text without its quotes, as it is pasted where one is looked for. */
  copied(path: string): Answer<string>
  /** All of it, as JSON that is easy to read. */
  json(): Answer<string>
  fixture(message: FixtureOf): Answer<string>
  /** Where personal data is masked in it. */
  maskedPaths(): Answer<readonly string[]>
  /** In what it differs from another one. */
  differencesFrom(before: string): Answer<PayloadDiff>
}

/** A payload that lies in this thread. */
export class ParsedPayload implements PayloadSource {
  readonly #root: unknown

  constructor(root: unknown) {
    this.#root = root
  }

  /** @throws SyntaxError when it is no JSON. */
  static from(json: string): ParsedPayload {
    return new ParsedPayload(parseExact(json))
  }

  rows(folding: Folding, order: KeyOrder): readonly PayloadRow[] {
    return payloadRows(this.#root, folding, order)
  }

  find(text: string, order: KeyOrder): readonly Found[] {
    return findInPayload(this.#root, text, order)
  }

  text(path: string): string {
    return textOf(valueAt(this.#root, path))
  }

  copied(path: string): string {
    const value = valueAt(this.#root, path)
    return typeof value === 'string' ? value : copyOf(value)
  }

  json(): string {
    return copyOf(this.#root)
  }

  fixture(message: FixtureOf): string {
    return fixtureOf(message, this.#root)
  }

  maskedPaths(): readonly string[] {
    return maskedPaths(this.#root)
  }

  differencesFrom(before: string): PayloadDiff {
    return diffPayloads(parseExact(before), this.#root)
  }
}
