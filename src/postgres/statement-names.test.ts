import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const SRC = path.resolve(import.meta.dirname, '..')
const NAMED = /name: '([a-z][a-z-]*)',?\s*text\b/g

/** PostgreSQL keeps a statement by its name: a second text under it fails on a connection that has seen the first. */
it('no two statements have the same name', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file))
    .sort()
  const names = files.flatMap((file) =>
    [...readFileSync(path.join(SRC, file), 'utf8').matchAll(NAMED)].map(([, name]) => name!),
  )
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
