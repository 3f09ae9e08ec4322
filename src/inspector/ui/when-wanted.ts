import { type ComponentType, lazy } from 'react'

/** A part of a page that comes when it is wanted; `preload` has it come a little earlier. */
export function whenWanted<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return {
    Part: lazy(async () => ({ default: await load() })),
    preload: () => void load().catch(() => undefined),
  }
}
