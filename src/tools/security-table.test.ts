import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const text = readFileSync('docs/security.md', 'utf8')
const rows = [...text.matchAll(/^\| \*\*([\d.]+)\*\* L([12]) [^|]+\| ([^|]+) \| ([^|]*) \| ([^|]*) \|$/gm)].map(
  ([, id = '', , status = '', how = '', tests = '']) => ({ id, status, how, tests }),
)
const STATUSES = ['met', 'partly', 'not met', 'n/a']

it('every test that the table of security cites is there', () => {
  const cited = rows.flatMap(({ id, tests }) =>
    [...tests.matchAll(/`([^`]+)`: “([^”]+)”/g)].map(([, file = '', title = '']) => ({ id, file, title })),
  )
  expect(cited.length).toBeGreaterThan(100)
  const missing = cited.filter(({ file, title }) => !existsSync(file) || !hasTest(file, title))
  expect(missing).toEqual([])
})

it('every row that is met cites what shows it: a test, or a section that is there', () => {
  const met = rows.filter(({ status }) => status === 'met')
  expect(met.filter(({ tests }) => !/`[^`]+`: “[^”]+”/.test(tests) && linksIn(tests).length === 0)).toEqual([])
  expect(rows.flatMap(({ tests }) => linksIn(tests)).filter((link) => !isThere(link))).toEqual([])
})

it('every row has a number of its own, in order, and a word that says how it stands', () => {
  const asNumber = (id: string) => id.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0)
  const numbers = rows.map(({ id }) => asNumber(id))
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  expect(rows.filter(({ status }) => !STATUSES.includes(status))).toEqual([])
  // What is missing, or why there is nothing to miss, is said.
  expect(rows.filter(({ status, how }) => status !== 'met' && how === '')).toEqual([])
  // No row is left out for how it is written.
  expect(rows).toHaveLength(text.match(/^\| \*\*\d/gm)?.length ?? 0)
})

it('its summary counts what is there', () => {
  const [met, partly, missing, none] = STATUSES.map((word) => rows.filter(({ status }) => status === word).length)
  expect(text).toContain(`${rows.length} requirements: ${met} met, ${partly} partly, ${missing} not met, ${none} n/a.`)
})

/** A test, or a group of them, by its title as it is written in the file. */
function hasTest(file: string, title: string): boolean {
  const source = readFileSync(file, 'utf8').replaceAll("\\'", "'")
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`))
}

function linksIn(cell: string): string[] {
  return [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
}

/** A section of this page, or another page beside it. */
function isThere(link: string): boolean {
  if (!link.startsWith('#')) return existsSync(`docs/${link}`)
  const sections = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'))
  return sections.includes(link.slice(1))
}
