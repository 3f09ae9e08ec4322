import type uPlot from 'uplot'

/** One series of a chart. Told apart by its pattern too, where it is a line. */
export interface Line {
  name: string
  /** A CSS variable of the theme. */
  colour: `--${string}`
  values: readonly (number | null)[]
  dash?: number[]
}

export interface PlotSettings {
  times: readonly number[]
  /** Seconds from one point to the next. */
  stepS: number
  lines: readonly Line[]
  /** Bars stand on each other, the first at the bottom. */
  kind: 'bars' | 'lines'
  format(value: number): string
  onIndex(index: number | null): void
  onRange(fromMs: number, toMs: number): void
}

export const PLOT_HEIGHT = 190
/** Charts with the same key share their cursor. */
const SYNC_KEY = 'waybill'

/** What is drawn: bars are sums from the bottom, and the highest sum is drawn first, behind the others. */
export function plotData({ times, lines, kind }: Pick<PlotSettings, 'times' | 'lines' | 'kind'>): uPlot.AlignedData {
  if (kind === 'lines') return [[...times], ...lines.map((line) => [...line.values])]
  const sums: number[][] = []
  for (const { values } of lines) {
    const below = sums.at(-1)
    sums.push(values.map((value, index) => (value ?? 0) + (below?.[index] ?? 0)))
  }
  return [[...times], ...sums.reverse()]
}

/** Colours and type are read from the page, since a canvas does not follow its theme. */
export function plotOptions(Plot: typeof uPlot, settings: PlotSettings, width: number): uPlot.Options {
  const { kind, lines } = settings
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const font = `11px ${getComputedStyle(document.body).fontFamily}`
  const axis = { stroke: colour('--muted'), font, ticks: { show: false }, gap: 6 }
  const grid = { stroke: colour('--line'), width: 1 }
  const bars = Plot.paths.bars?.({ size: [0.82, 40], align: 1 })
  const drawn = kind === 'bars' ? [...lines].reverse() : lines
  return {
    width,
    height: PLOT_HEIGHT,
    // The last time of the axis is written whole.
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: SYNC_KEY, setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { show: kind === 'lines', size: 6 },
    },
    scales: {
      // The last point is the beginning of a stretch that has room, too.
      x: { time: true, range: (_, least, most) => [least, most + settings.stepS] },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.08)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 28, values: (plot, splits) => timesOf(splits, plot.scales.x) },
      { ...axis, grid, size: 64, values: (_, splits) => splits.map((value) => settings.format(value)) },
    ],
    series: [
      {},
      ...drawn.map((line): uPlot.Series => {
        const stroke = colour(line.colour)
        if (kind === 'bars') return { fill: stroke, width: 0, points: { show: false }, ...(bars && { paths: bars }) }
        const points = { show: true, size: 5, filter: (plot: uPlot, index: number) => lonePoints(plot.data[index]) }
        return { stroke, width: 1.5, spanGaps: false, points, ...(line.dash && { dash: line.dash }) }
      }),
    ],
    hooks: {
      setCursor: [(plot) => settings.onIndex(plot.cursor.idx ?? null)],
      setSelect: [(plot) => selectRange(plot, settings)],
    },
  }
}

/** Values without neighbours, which no line would show. */
function lonePoints(values: ArrayLike<number | null | undefined> = []): number[] {
  return Array.from(values, (value, index) =>
    value != null && values[index - 1] == null && values[index + 1] == null ? index : -1,
  ).filter((index) => index >= 0)
}

const DAY_S = 86_400

/** Times of day, in the reader's zone; over more than two days the days. */
function timesOf(splits: readonly number[], scale: uPlot.Scale | undefined): string[] {
  const isLong = (scale?.max ?? 0) - (scale?.min ?? 0) > 2 * DAY_S
  const shown = new Intl.DateTimeFormat('en-GB', isLong ? { day: 'numeric', month: 'short' } : { timeStyle: 'short' })
  return splits.map((each) => shown.format(each * 1_000))
}

/** Less is a click, not a drag. */
const LEAST_PIXELS = 6

function selectRange(plot: uPlot, { onRange }: PlotSettings): void {
  const { left, width } = plot.select
  if (width < LEAST_PIXELS) return
  const at = (pixel: number) => plot.posToVal(pixel, 'x') * 1_000
  plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false)
  onRange(at(left), at(left + width))
}
