/** Every promise is a scenario of the contract suite, and every adapter runs all of it: none is skipped in silence. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = path.resolve(import.meta.dirname, '../..')
const read = (pattern: string) =>
  globSync(pattern, { cwd: SRC }).map((file) => readFileSync(path.join(SRC, file), 'utf8'))

const count = (group: string, last: number) => Array.from({ length: last }, (_, index) => `${group}${index + 1}`)
/** As `docs/guarantees.md` has them. O4 is a restart of real processes: `nodes.chaos.test.ts`. */
const PROMISES = [
  ...[count('C', 11), count('D', 16), count('Q', 6), count('R', 11), count('T', 6), count('S', 8)].flat(),
  ...count('O', 8).filter((id) => id !== 'O4'),
]

const suites = read('bus/testing/*contract.ts')

describe('the contract suite', () => {
  it.each(PROMISES)('has a scenario for %s', (id) => {
    const titles = suites.flatMap((text) =>
      [...text.matchAll(/\bit\(\s*['"`]([^:]+):/g)].map(([, ids]) => ids!.split(', ')),
    )
    expect(titles.flat()).toContain(id)
  })

  it.each([
    ['memory', 'bus/testing/*.test.ts'],
    ['PostgreSQL', '**/*.int.test.ts'],
  ])('runs whole on %s', (adapter, tests) => {
    const calls = read(tests).flatMap((text) => [...text.matchAll(/^(describe\w+Contract)\('(\w+)'/gm)])
    const run = calls.filter(([, , on]) => on === adapter).map(([, suite]) => suite)
    const all = suites.flatMap((text) =>
      [...text.matchAll(/^export function (describe\w+Contract)/gm)].map(([, suite]) => suite),
    )
    expect(new Set(run)).toEqual(new Set(all))
  })
})
