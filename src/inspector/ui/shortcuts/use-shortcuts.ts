'use client'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { inOrder, type Meaning, meaningsOf, type Screen } from '../../model/key-map.ts'
import { isPressed } from '../../model/keys.ts'

type Act = (event: KeyboardEvent) => void
type Acts = Readonly<Record<string, Act | undefined>>

interface Registered {
  screen: Screen
  acts: { readonly current: Acts }
}

const registered = new Set<Registered>()
const listeners = new Set<() => void>()
let shown: readonly Screen[] = []

/**
 * Does what keys of a screen mean, for as long as the calling component is there; which keys those are stands in the
 * map of keys. What they do may change with every rendering. A screen may be served by several components.
 */
export function useShortcuts<On extends Screen>(screen: On, acts: Partial<Record<Meaning<On>, Act>>): void {
  const newest = useRef<Acts>(acts)
  useEffect(() => {
    newest.current = acts
  })
  useEffect(() => {
    const own = { screen, acts: newest }
    if (registered.size === 0) window.addEventListener('keydown', onKeyDown)
    registered.add(own)
    announce()
    return () => {
      registered.delete(own)
      if (registered.size === 0) window.removeEventListener('keydown', onKeyDown)
      announce()
    }
  }, [screen])
}

/** The screens whose keys work now, those of the page first. */
export function useActiveScreens(): readonly Screen[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
    () => NONE,
  )
}

const NONE: readonly Screen[] = []

function announce(): void {
  shown = inOrder([...registered].map((each) => each.screen))
  for (const listener of listeners) listener()
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isTaken(event)) return
  for (const screen of shown) {
    for (const [name, { keys }] of meaningsOf(screen)) {
      if (!keys.some((each) => isPressed(each, event))) continue
      const act = actOf(screen, name)
      if (!act) continue
      event.preventDefault()
      act(event)
      return
    }
  }
}

function actOf(screen: Screen, meaning: string): Act | undefined {
  for (const each of registered) {
    const act = each.screen === screen ? each.acts.current[meaning] : undefined
    if (act) return act
  }
  return undefined
}

/** Whether the key belongs to what has the focus: a field takes them all, a button what presses it. */
function isTaken(event: KeyboardEvent): boolean {
  const { target, key } = event
  if (!(target instanceof HTMLElement)) return false
  if (isPressed('Mod+k', event)) return false
  if (target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable="true"]')) {
    return true
  }
  if (target.closest('[role=dialog], [role=menu], [role=alertdialog]')) return true
  if (key === 'Enter') return target.closest('a, button, summary') !== null
  return key === ' ' && target.closest('button, summary, input, [role=button], [role=radio], [role=checkbox]') !== null
}
