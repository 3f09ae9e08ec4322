import type { Result } from './result.ts'

const HEAD = ['workload', 'Waybill', 'beside', 'unit', 'ratio', 'target', 'met', 'note']

/** For a terminal. */
export function toText(results: readonly Result[]): string {
  const rows = [HEAD, ...results.map(toCells)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** For a document. */
export function toMarkdownTable(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** A result as words, in the order of the table's columns. */
export function toCells({ workload, value, baseline, unit, ratio, target, met, note }: Result): string[] {
  return [workload, toShort(value), toShort(baseline), unit, ratio.toFixed(2), target, toWord(met), note]
}

function toWord(met: boolean | null): string {
  if (met === null) return ''
  return met ? 'yes' : 'no'
}

/** Three digits that count, all of them where there are more before the point. */
export function toShort(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })
}
