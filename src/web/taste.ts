'use client'
import { useSyncExternalStore } from 'react'

/** How somebody likes to see things; kept in the browser, never in an address. */
export interface Taste {
  /** How times are written. The exact instant is always a hover away. */
  zone: 'local' | 'utc' | 'relative'
  density: 'comfortable' | 'compact'
  /** What the rows of a list say of their time: when it was, or how long after the row before. */
  rowTimes: 'moment' | 'delta'
  /** At which end of the live list the newest message is. */
  newestAt: NewestAt
  /** How the fields of a payload stand: as they were sent, or by name. */
  keyOrder: 'original' | 'sorted'
  /** Where a frame of a stack leads: an address with `{file}`, `{line}` and `{column}`; empty for nowhere. */
  frameLink: string
}

export const NEWEST_AT = ['top', 'bottom'] as const
export type NewestAt = (typeof NEWEST_AT)[number]
export const ZONES = ['local', 'utc', 'relative'] as const
export const DENSITIES = ['comfortable', 'compact'] as const
const ROW_TIMES = ['moment', 'delta'] as const
const KEY_ORDERS = ['original', 'sorted'] as const

const DEFAULT: Taste = {
  zone: 'local',
  density: 'comfortable',
  rowTimes: 'moment',
  newestAt: 'top',
  keyOrder: 'original',
  frameLink: '',
}
const listeners = new Set<() => void>()
let taste: Taste | null = null

/** In every way in turn: of day, how long ago, how long after the row before. */
export function nextRowTimes({ zone, rowTimes }: Taste): Partial<Taste> {
  if (rowTimes === 'delta') return { rowTimes: 'moment', zone: ZONES[0] }
  const next = ZONES[ZONES.indexOf(zone) + 1]
  return next ? { zone: next } : { rowTimes: 'delta' }
}

export function useTaste(): Taste {
  return useSyncExternalStore(subscribe, readTaste, () => DEFAULT)
}

export function setTaste(change: Partial<Taste>): void {
  taste = { ...readTaste(), ...change }
  for (const [name, value] of Object.entries(change)) keep(name, value)
  document.documentElement.dataset.density = taste.density
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('storage', readAgain)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('storage', readAgain)
  }
}

/** Chosen in another tab. */
function readAgain(): void {
  taste = null
  document.documentElement.dataset.density = readTaste().density
  for (const listener of listeners) listener()
}

function readTaste(): Taste {
  taste ??= {
    zone: oneOf(ZONES, kept('zone')) ?? DEFAULT.zone,
    density: oneOf(DENSITIES, kept('density')) ?? DEFAULT.density,
    rowTimes: oneOf(ROW_TIMES, kept('rowTimes')) ?? DEFAULT.rowTimes,
    newestAt: oneOf(NEWEST_AT, kept('newestAt')) ?? DEFAULT.newestAt,
    keyOrder: oneOf(KEY_ORDERS, kept('keyOrder')) ?? DEFAULT.keyOrder,
    frameLink: kept('frameLink') ?? DEFAULT.frameLink,
  }
  return taste
}

function oneOf<Value extends string>(values: readonly Value[], value: string | null): Value | undefined {
  return values.find((each) => each === value)
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
}
