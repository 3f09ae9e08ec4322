import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { problemsOf } from './lockfile.ts'

const integrity = `sha512-${'a'.repeat(86)}==`
const fine = { integrity, license: 'MIT' }
const problemsWith = (entry: object) => problemsOf({ packages: { '': {}, 'node_modules/a/node_modules/@b/c': entry } })

it('every package of this project is pinned to its content, runs nothing unasked, and may be passed on', () => {
  expect(problemsOf(JSON.parse(readFileSync('package-lock.json', 'utf8')))).toEqual([])
})

it.each([
  [{ license: 'MIT' }, '@b/c has no sha512 of its content'],
  [{ ...fine, integrity: 'sha1-abc=' }, '@b/c has no sha512 of its content'],
  [
    { ...fine, resolved: 'https://evil.example/c.tgz' },
    '@b/c comes from https://evil.example/c.tgz, not from the registry',
  ],
  [{ ...fine, hasInstallScript: true }, '@b/c runs code when it is installed'],
  [{ integrity, license: 'AGPL-3.0' }, '@b/c has the licence AGPL-3.0'],
  [{ integrity, license: 'MIT AND GPL-3.0-only' }, '@b/c has the licence MIT AND GPL-3.0-only'],
  [{ integrity }, '@b/c has the licence (none)'],
])('%j is a problem', (entry, problem) => {
  expect(problemsWith(entry)).toEqual([problem])
})

it.each([fine, { integrity, license: '(MIT OR GPL-3.0-only)' }, { integrity, license: 'Apache-2.0 AND MIT' }])(
  '%j is none',
  (entry) => {
    expect(problemsWith(entry)).toEqual([])
  },
)
