/** Keeps the measured part of `docs/performance.md`: what stands between its two marks. */
import os from 'node:os'
import type { Result } from './result.ts'
import type { ServerSettings } from './server.ts'
import { toCells, toMarkdownTable } from './table.ts'

const BEGIN = '<!-- measured: begin -->'
const END = '<!-- measured: end -->'

export interface Run {
  results: readonly Result[]
  rounds: number
  date: Date
  settings: ServerSettings
}

/** The document with the lines of this run in the place of older ones for the same workloads. */
export function updateDocument(text: string, run: Run): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`The document lacks its marks, ${BEGIN} and ${END}.`)
  const measured = `${BEGIN}\n\n${describeMachine(run.settings)}\n\n${mergeTable(text.slice(begin, end), run)}\n\n`
  return text.slice(0, begin) + measured + text.slice(end)
}

function describeMachine({
  server_version,
  fsync,
  synchronous_commit,
  full_page_writes,
  shared_buffers,
}: ServerSettings) {
  const processors = os.cpus()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  return [
    `- Machine: ${processors[0]?.model ?? os.machine()}, ${processors.length} cores, ${memory} GiB, ${os.type()} ${os.release()}`,
    `- Node ${process.versions.node}; everything that is no PostgreSQL in one process`,
    `- PostgreSQL ${server_version}, embedded, on the same machine: fsync ${fsync}, synchronous_commit ${synchronous_commit}, full_page_writes ${full_page_writes}, shared_buffers ${shared_buffers}`,
  ].join('\n')
}

const HEAD = ['workload', 'Waybill', 'beside', 'unit', 'ratio', 'target', 'met', 'note', 'measured']

function mergeTable(before: string, { results, rounds, date }: Run): string {
  const measured = `${date.toISOString().slice(0, 10)}, ${rounds} rounds`
  const fresh = results.map((result) => [...toCells(result), measured])
  const ids = new Set(fresh.map(idOf))
  const kept = rowsOf(before).filter((row) => !ids.has(idOf(row)))
  // A sort that is stable: lines of one workload stay as they were made.
  const rows = [...kept, ...fresh].sort((a, b) => idOf(a).localeCompare(idOf(b)))
  return toMarkdownTable(HEAD, rows)
}

/** `B3` of `B3 drain`. */
function idOf([workload = '']: string[]): string {
  return workload.split(' ', 1)[0]!
}

function rowsOf(table: string): string[][] {
  const lines = table.split('\n').filter((line) => line.startsWith('| '))
  // Below the head and its rule.
  return lines.slice(2).map((line) => line.slice(2, -2).split(' | '))
}
