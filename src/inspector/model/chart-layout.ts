/**
 * Where the states and transitions of a chart are drawn: children from left to right by how far they are from the
 * first, regions of a parallel state one below the other. Pure numbers; `process-chart.tsx` draws them.
 */
import type { ChartState, ChartTransition, ProcessChart } from '../../bus/index.ts'
import { formatMs } from './durations.ts'

export interface Box {
  path: string
  name: string
  kind: ChartState['kind']
  x: number
  y: number
  width: number
  height: number
}

export interface Edge {
  from: string
  to: string
  cause: ChartTransition['cause']
  label: string
  /** SVG path. */
  line: string
  labelAt: { x: number; y: number }
}

export interface ChartLayout {
  width: number
  height: number
  /** Parents before what is in them. */
  boxes: Box[]
  edges: Edge[]
}

const PAD = 14
const TITLE = 26
const ROW_GAP = 14
const LEAF_HEIGHT = 34
const SLOT = 20
const CHARACTER = 7.3
const LABEL_CHARACTER = 6.3
const LEAST_GAP = 34

export function layOut({ states, transitions }: ProcessChart): ChartLayout {
  const measured = measureRow(states, transitions)
  const boxes = measured.place(PAD / 2, PAD / 2)
  return {
    width: measured.width + PAD,
    height: measured.height + PAD,
    boxes,
    edges: edgesBetween(boxes, transitions),
  }
}

/** What a transition says of itself: the message, the time or the condition. */
export function labelOf({ cause, name, delayMs, guard }: ChartTransition): string {
  const words = {
    message: name.slice(name.indexOf('.') + 1),
    'time-out': `after ${delayMs === null ? name : formatMs(delayMs)}`,
    done: 'all done',
    own: name,
  }[cause]
  return guard === null ? words : `${words} [${guard}]`
}

interface Measured {
  width: number
  height: number
  place(x: number, y: number): Box[]
}

function measure(state: ChartState, transitions: readonly ChartTransition[]): Measured {
  if (state.states.length === 0) return measureLeaf(state, transitions)
  const inner =
    state.kind === 'parallel' ? measureRegions(state.states, transitions) : measureRow(state.states, transitions)
  const width = Math.max(inner.width, state.name.length * CHARACTER) + 2 * PAD
  const height = inner.height + TITLE + PAD
  return {
    width,
    height,
    place: (x, y) => [{ ...faceOf(state), x, y, width, height }, ...inner.place(x + PAD, y + TITLE)],
  }
}

function measureLeaf(state: ChartState, transitions: readonly ChartTransition[]): Measured {
  const leaving = transitions.filter(({ from }) => from === state.path).length
  const width = state.name.length * CHARACTER + 40
  const height = Math.max(LEAF_HEIGHT, leaving * SLOT + 10)
  return { width, height, place: (x, y) => [{ ...faceOf(state), x, y, width, height }] }
}

function measureRegions(states: readonly ChartState[], transitions: readonly ChartTransition[]): Measured {
  return stack(states.map((state) => measure(state, transitions)))
}

function measureRow(states: readonly ChartState[], transitions: readonly ChartTransition[]): Measured {
  const columns = columnsOf(states, transitions).map((column) => ({
    ...stack(column.map((state) => measure(state, transitions))),
    gap: gapAfter(column, transitions),
  }))
  const height = Math.max(...columns.map((each) => each.height))
  const starts = columns.map((_, index) => columns.slice(0, index).reduce((x, { width, gap }) => x + width + gap, 0))
  const last = columns.length - 1
  return {
    width: starts[last]! + columns[last]!.width,
    height,
    place: (x, y) =>
      columns.flatMap((column, index) => column.place(x + starts[index]!, y + (height - column.height) / 2)),
  }
}

function stack(parts: readonly Measured[]): Measured {
  const tops = parts.map((_, index) => parts.slice(0, index).reduce((y, { height }) => y + height + ROW_GAP, 0))
  return {
    width: Math.max(...parts.map((each) => each.width)),
    height: tops.at(-1)! + parts.at(-1)!.height,
    place: (x, y) => parts.flatMap((each, index) => each.place(x, y + tops[index]!)),
  }
}

/** Siblings by their distance from the one in which their parent begins. */
function columnsOf(states: readonly ChartState[], transitions: readonly ChartTransition[]): ChartState[][] {
  const columns: ChartState[][] = []
  const left = new Set(states)
  let column = states.slice(0, 1)
  while (left.size > 0) {
    // What cannot be reached from the first stands at the end.
    if (column.length === 0) column = [...left]
    for (const state of column) left.delete(state)
    columns.push(column)
    const sources = column
    column = [...left].filter((state) =>
      transitions.some(({ from, to }) => isWithin(to, state) && sources.some((source) => isWithin(from, source))),
    )
  }
  return columns
}

function isWithin(path: string, state: ChartState): boolean {
  return path === state.path || path.startsWith(`${state.path}.`)
}

/** Wide enough for what stands on the transitions that leave the column. */
function gapAfter(column: readonly ChartState[], transitions: readonly ChartTransition[]): number {
  const labels = transitions.filter(({ from }) => column.some(({ path }) => path === from)).map(labelOf)
  return Math.max(LEAST_GAP, ...labels.map((label) => label.length * LABEL_CHARACTER + 42))
}

function faceOf({ path, name, kind }: ChartState): Pick<Box, 'path' | 'name' | 'kind'> {
  return { path, name, kind }
}

function edgesBetween(boxes: readonly Box[], transitions: readonly ChartTransition[]): Edge[] {
  const byPath = new Map(boxes.map((box) => [box.path, box]))
  return transitions.flatMap((transition) => {
    const source = byPath.get(transition.from)
    const target = byPath.get(transition.to)
    if (!source || !target) return []
    const leaving = transitions
      .filter(({ from }) => from === transition.from)
      .sort((a, b) => (byPath.get(a.to)?.y ?? 0) - (byPath.get(b.to)?.y ?? 0))
    const y = source.y + ((leaving.indexOf(transition) + 1) * source.height) / (leaving.length + 1)
    const { from, to, cause } = transition
    return [
      {
        ...{ from, to, cause, label: labelOf(transition) },
        line: lineBetween(source, target, y, labelOf(transition)),
        labelAt: { x: source.x + source.width + 9, y: y - 5 },
      },
    ]
  })
}

/** Straight for as long as its label is, so that nothing crosses the words; then bent towards the target. */
function lineBetween(source: Box, target: Box, y: number, label: string): string {
  const x = source.x + source.width
  const middle = target.y + target.height / 2
  const straight = x + label.length * LABEL_CHARACTER + 12
  if (target.x > x) {
    const from = Math.min(straight, target.x - 16)
    const bend = (target.x - from) / 2
    return `M${x} ${y}H${from}C${from + bend} ${y} ${target.x - bend} ${middle} ${target.x - 1} ${middle}`
  }
  // Back, or within the column: around, from the right side to the right side.
  const end = target.x + target.width + 1
  const around = Math.max(straight, end) + 24
  return `M${x} ${y}H${straight}C${around} ${y} ${around} ${middle} ${end} ${middle}`
}
