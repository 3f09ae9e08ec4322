import type { TimeScale } from './time-scale.ts'

/** The part of a scale that is in view, from 0 at its left to 1 at its right. */
export interface Axis {
  scale: TimeScale
  from: number
  to: number
  /** Share of the width at which a time lies; below 0 and above 1 out of view. */
  share(time: number): number
  timeAt(share: number): number
}

export function axisOf(scale: TimeScale, zoom: readonly [from: number, to: number] | null): Axis {
  const from = zoom ? scale.place(scale.start + zoom[0]) : 0
  const to = zoom ? scale.place(scale.start + zoom[1]) : 1
  const width = Math.max(to - from, 1e-9)
  return {
    scale,
    from,
    to,
    share: (time) => (scale.place(time) - from) / width,
    timeAt: (share) => scale.timeAt(from + share * width),
  }
}

/** How narrow a window may become. */
const NARROWEST = 1e-5

/** A window that shows `factor` times as much, around a place of it that stays where it is; null shows all. */
export function zoomed({ scale, from, to }: Axis, factor: number, around: number): readonly [number, number] | null {
  const width = Math.min(1, Math.max(NARROWEST, (to - from) * factor))
  if (width >= 1) return null
  const begin = Math.min(1 - width, Math.max(0, from + around * (to - from - width)))
  return [scale.timeAt(begin) - scale.start, scale.timeAt(begin + width) - scale.start]
}
