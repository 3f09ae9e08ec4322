import { inOneLine } from '../web/hidden-characters.ts'

/** What a verb has to say: data for programs, lines for people. */
export interface Answer {
  data: unknown
  text: string
  /** Whether the exit code is to be 0. */
  ok: boolean
}

export type Row = Record<string, string | number | null>

/** Rows under their column names; what there is to say when there are none. */
export function table(rows: readonly Row[], none: string): string {
  const [first] = rows
  if (!first) return none
  const columns = Object.keys(first)
  const lines = [columns, ...rows.map((row) => columns.map((name) => inOneLine(String(row[name] ?? ''))))]
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]!.length)))
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
