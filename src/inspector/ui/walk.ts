import type { KeyboardEvent } from 'react'
import { panFocus } from './pan.ts'

/** Arrows walk: up and down through the lanes, right to what a lane sent, left back to it, and on to the cause. */
export function walk(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget: figure, key } = event
  if (!(target instanceof HTMLElement) || !figure.contains(target)) return
  const next = neighbour(figure, target, key)
  if (!next) return
  event.preventDefault()
  panFocus(next)
}

function neighbour(figure: HTMLElement, from: HTMLElement, key: string): HTMLElement | null | undefined {
  const lanes = [...figure.querySelectorAll<HTMLElement>('[data-lane]')]
  const item = from.closest('li')
  const index = lanes.findIndex((each) => item?.contains(each))
  switch (key) {
    case 'ArrowDown':
      return lanes[index + 1]
    case 'ArrowUp':
      return lanes[index - 1]
    case 'ArrowRight':
      return index < 0 ? lanes[0] : item?.querySelector<HTMLElement>('[data-emitted]')
    case 'ArrowLeft':
      return lanes[index] && from !== lanes[index] ? lanes[index] : figure.querySelector<HTMLElement>('[data-cause]')
    default:
      return null
  }
}
