/** Where times lie on an axis from 0 to 1, on which long stretches without any activity may be folded away. */
export interface TimeScale {
  start: number
  end: number
  /** Stretches of time that are folded, in order. */
  folds: readonly Fold[]
  /** How long it is without what is folded. */
  drawnMs: number
  /** Place of a time; times outside lie outside. */
  place(time: number): number
  /** The time at a place. */
  timeAt(place: number): number
}

interface Span {
  from: number
  to: number
}

export type Fold = Span

/** Idle for less is not worth a fold. */
const SHORTEST_FOLD_MS = 100
/** Nor is what is short beside the rest. */
const SHORTEST_SHARE = 0.2
/** Of the unfolded time: how wide a fold is drawn, and all of them together at most. */
const FOLD_SHARE = 0.04
const FOLDS_SHARE = 0.4

interface Knot {
  time: number
  drawn: number
}

export function timeScale({ start, end }: { start: number; end: number }, folds: readonly Fold[] = []): TimeScale {
  const open = end - start - lengthOf(folds)
  const width = Math.max(open, 1) * Math.min(FOLD_SHARE, FOLDS_SHARE / Math.max(1, folds.length))
  const knots: Knot[] = [{ time: start, drawn: 0 }]
  for (const { from, to } of folds) {
    const last = knots.at(-1)!
    const begin = last.drawn + (from - last.time)
    knots.push({ time: from, drawn: begin }, { time: to, drawn: begin + width })
  }
  const last = knots.at(-1)!
  knots.push({ time: end, drawn: last.drawn + (end - last.time) })
  const total = knots.at(-1)!.drawn
  return {
    start,
    end,
    folds,
    drawnMs: total,
    place: (time) => interpolate(knots, 'time', 'drawn', time) / total,
    timeAt: (place) => interpolate(knots, 'drawn', 'time', place * total),
  }
}

/** Stretches in which nothing is queued or handled, of those that are long beside the others. */
export function idleFolds(bounds: { start: number; end: number }, active: readonly Span[]): Fold[] {
  const gaps: Fold[] = []
  let until = bounds.start
  for (const { from, to } of active.toSorted((a, b) => a.from - b.from)) {
    if (from - until >= SHORTEST_FOLD_MS) gaps.push({ from: until, to: Math.min(from, bounds.end) })
    until = Math.max(until, to)
  }
  if (bounds.end - until >= SHORTEST_FOLD_MS) gaps.push({ from: until, to: bounds.end })
  const busy = bounds.end - bounds.start - lengthOf(gaps)
  return gaps.filter(({ from, to }) => to - from >= busy * SHORTEST_SHARE)
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + (to - from), 0)
}

/** Along straight lines between the knots, and on along the first and the last. */
function interpolate(knots: readonly Knot[], by: keyof Knot, wanted: keyof Knot, value: number): number {
  let low = 0
  let high = knots.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (knots[middle]![by] <= value) low = middle
    else high = middle
  }
  const [a, b] = [knots[low]!, knots[high]!]
  if (b[by] === a[by]) return a[wanted]
  return a[wanted] + ((value - a[by]) / (b[by] - a[by])) * (b[wanted] - a[wanted])
}
