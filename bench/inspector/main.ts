/**
 * `npm run bench:inspector`: measures the inspector's live list, a long conversation, a large payload and a large
 * map in Chromium against the production build, and its searches in a history of a million messages. `--json FILE` writes the rows for a program, `--write` puts them into
 * `docs/performance.md`, `--quick` takes small sizes that show whether it works; names take some parts alone.
 */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { toMarkdownTable, toShort } from '../table.ts'
import { measureAnyId } from './any-id.ts'
import { measureConversationAlone } from './conversation.ts'
import { measureFilters } from './filters.ts'
import { measureLive } from './live.ts'
import { measurePayload } from './payload.ts'
import { isMet, type Row } from './row.ts'
import { measureTopology } from './topology.ts'

const DOCUMENT = path.resolve(import.meta.dirname, '../../docs/performance.md')
const [BEGIN, END] = ['<!-- inspector: begin -->', '<!-- inspector: end -->']
const FEW = 20_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

/** Each part measures some rows on a server of its own. */
const PARTS: Record<string, () => Promise<Row[]>> = {
  live: () => measureLive(values.quick, tell),
  filters: async () => {
    const messages = values.quick ? FEW : 1_000_000
    const found = await measureFilters({ messages })
    const note = `p95, the slowest of ${Object.keys(found.byFilter).length} filters, ${messages.toLocaleString('en')} messages stored`
    return [
      { row: 'filter-ms', value: found['filter-ms'], target: 100, note },
      { row: 'jump-ms', value: found['jump-ms'], target: 300, note: 'p95 of a page at any time of that history' },
    ]
  },
  conversation: async () => {
    const messages = values.quick ? 500 : 5_000
    const found = await measureConversationAlone(messages)
    const frames = `scrolling, a frame's p95 is ${toShort(found.scrollFrameP95Ms)} ms, of an empty page ${toShort(found.emptyFrameP95Ms)} ms`
    const note = `median, from the last byte of ${messages.toLocaleString('en')} messages to their frame; ${frames}`
    return [{ row: 'conversation-paint-ms', value: found['conversation-paint-ms'], target: 500, note }]
  },
  'any-id': async () => {
    const messages = values.quick ? FEW : 1_000_000
    const found = await measureAnyId(messages)
    const note = `p95, the slowest of ${Object.keys(found.byKind).length} kinds, ${messages.toLocaleString('en')} messages stored`
    return [{ row: 'any-id-ms', value: found['any-id-ms'], target: 100, note }]
  },
  payload: async () => {
    const found = await measurePayload()
    const whole = `all of it after ${found['whole-ms']} ms, with no task of the page longer than ${found['whole-longest-task-ms']} ms`
    const note = `median, from the click to the beginning of ${found.characters.toLocaleString('en')} characters; ${whole}`
    return [{ row: 'payload-ms', value: found['head-ms'], target: 200, note }]
  },
  map: async () => {
    const found = await measureTopology()
    const note = `p95, ${found.types} types, numbers changing; of an empty page ${found['empty-page-frame-p95-ms']} ms, while it is dragged ${found['dragged-frame-p95-ms']} ms`
    return [{ row: 'map-frame-ms', value: found['changing-frame-p95-ms'], target: 20, note }]
  },
}

const wanted = positionals.length > 0 ? positionals : Object.keys(PARTS)
const rows: Row[] = []
for (const name of wanted) {
  const part = PARTS[name]
  if (!part) throw new Error(`There is no part ${name}. There are: ${Object.keys(PARTS).join(', ')}.`)
  tell(`\n${name}`)
  // One that fails keeps no other from being measured.
  await part().then(
    (measured) => rows.push(...measured),
    (error: unknown) => {
      tell((error as Error).stack ?? String(error))
      process.exitCode = 1
    },
  )
}
process.stdout.write(`\n${rows.map((each) => toCells(each).join('  ')).join('\n')}\n`)
if (values.json) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`)
if (values.write && !values.quick) await writeFile(DOCUMENT, updated(await readFile(DOCUMENT, 'utf8')))

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

function toCells(row: Row): string[] {
  return [row.row, toShort(row.value), `≤ ${row.target}`, isMet(row) ? 'yes' : 'no', row.note]
}

/** The document with these rows in the place of older ones. */
function updated(text: string): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`The document lacks its marks, ${BEGIN} and ${END}.`)
  const date = new Date().toISOString().slice(0, 10)
  const kept = text
    .slice(begin, end)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:row|---)/.test(line))
    .map((line) => line.slice(2, -2).split(' | '))
    .filter(([name]) => !rows.some((each) => each.row === name))
  const head = ['row', 'value', 'target', 'met', 'how', 'measured']
  const table = toMarkdownTable(head, [...rows.map((each) => [...toCells(each), date]), ...kept])
  return `${text.slice(0, begin)}${BEGIN}\n\n${table}\n\n${text.slice(end)}`
}
