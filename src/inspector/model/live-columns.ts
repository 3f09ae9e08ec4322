/** The columns of the live list, beside the one that names the message and is always there. */
export const BUILT_IN = ['time', 'key', 'deliveries', 'took', 'conversation'] as const
export type BuiltIn = (typeof BUILT_IN)[number]
/** `payload.` and a path. */
export type PayloadColumn = `payload.${string}`
export type LiveColumn = BuiltIn | PayloadColumn

export const FIRST_COLUMNS: readonly LiveColumn[] = ['time', 'deliveries', 'took', 'conversation']
/** More values of payloads do not fit beside the rest. */
export const MOST_PAYLOAD_COLUMNS = 6

const TITLES: Record<BuiltIn, string> = {
  time: 'Time',
  key: 'Key',
  deliveries: 'Deliveries',
  took: 'Took',
  conversation: 'Conversation',
}
const WIDTHS: Record<BuiltIn, string> = {
  time: '7rem',
  key: 'minmax(5rem, 9rem)',
  deliveries: '9.5rem',
  took: '9rem',
  conversation: '5.5rem',
}
const MESSAGE_WIDTH = 'minmax(8rem, 1fr)'
const PAYLOAD_WIDTH = 'minmax(5rem, 11rem)'
/** After these stands the message's name, and after it what its payload says. */
const BEFORE_NAME: readonly LiveColumn[] = ['time']

export function isPayload(column: LiveColumn): column is PayloadColumn {
  return column.startsWith('payload.')
}

export function titleOf(column: LiveColumn): string {
  return isPayload(column) ? column.slice('payload.'.length) : TITLES[column]
}

/** Reads columns from an address; none there are those that there are at first. What is no column is left out. */
export function readColumns(text: string | null): readonly LiveColumn[] {
  if (text === null) return FIRST_COLUMNS
  return inOrder(
    text
      .split(',')
      .filter((each): each is LiveColumn => isBuiltIn(each) || /^payload\.[\w$-]+(\.[\w$-]+)*$/.test(each)),
  )
}

/** As an address has them; null where they are as at first. */
export function writeColumns(columns: readonly LiveColumn[]): string | null {
  const text = columns.join(',')
  return text === FIRST_COLUMNS.join(',') ? null : text
}

export function toggled(columns: readonly LiveColumn[], column: LiveColumn): readonly LiveColumn[] {
  return inOrder(columns.includes(column) ? columns.filter((each) => each !== column) : [...columns, column])
}

/** Those before the message's name, and those after it. */
export function aroundName(columns: readonly LiveColumn[]): [before: LiveColumn[], after: LiveColumn[]] {
  const isBefore = (each: LiveColumn) => BEFORE_NAME.includes(each)
  return [columns.filter(isBefore), columns.filter((each) => !isBefore(each))]
}

/** The widths of a row's cells, as a grid has them. */
export function widthsOf(columns: readonly LiveColumn[]): string {
  const [before, after] = aroundName(columns)
  const width = (each: LiveColumn) => (isPayload(each) ? PAYLOAD_WIDTH : WIDTHS[each])
  return [...before.map(width), MESSAGE_WIDTH, ...after.map(width)].join(' ')
}

/** What they are keeps its place, whatever the order in which they were asked for; payloads in that order. */
function inOrder(columns: readonly LiveColumn[]): LiveColumn[] {
  const payloads = [...new Set(columns.filter(isPayload))].slice(0, MOST_PAYLOAD_COLUMNS)
  const [first, second, ...rest] = BUILT_IN.map((each) => (columns.includes(each) ? each : null))
  return [first, second, ...payloads, ...rest].filter((each) => each !== null && each !== undefined)
}

function isBuiltIn(text: string): text is BuiltIn {
  return BUILT_IN.some((each) => each === text)
}
