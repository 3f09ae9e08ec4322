'use client'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { isPressed } from '../../model/keys.ts'

/** What one or more keys do. Every screen registers its own with {@link useShortcuts}; `?` lists them all. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has them; `Space`, and `Mod+` for ⌘ or Ctrl. */
  keys: readonly string[]
  says: string
  run(event: KeyboardEvent): void
}

export interface ShortcutGroup {
  title: string
  shortcuts: readonly Shortcut[]
}

const groups = new Set<{ readonly current: ShortcutGroup }>()
const listeners = new Set<() => void>()
let shown: readonly ShortcutGroup[] = []

/** Registers the keys of a screen for as long as it is there. What they do may change with every rendering. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  const newest = useRef<ShortcutGroup>({ title, shortcuts })
  useEffect(() => {
    newest.current = { title, shortcuts }
  })
  useEffect(() => {
    if (groups.size === 0) window.addEventListener('keydown', onKeyDown)
    groups.add(newest)
    announce()
    return () => {
      groups.delete(newest)
      if (groups.size === 0) window.removeEventListener('keydown', onKeyDown)
      announce()
    }
  }, [])
}

/** All keys of this moment, by screen. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
    () => NONE,
  )
}

const NONE: readonly ShortcutGroup[] = []

function announce(): void {
  shown = [...groups].map((each) => each.current)
  for (const listener of listeners) listener()
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isTaken(event)) return
  for (const { current } of groups) {
    const shortcut = current.shortcuts.find(({ keys }) => keys.some((key) => isPressed(key, event)))
    if (!shortcut) continue
    event.preventDefault()
    shortcut.run(event)
    return
  }
}

/** Whether the key belongs to what has the focus: a field takes them all, a button what presses it. */
function isTaken({ target, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return !ctrlKey && !metaKey
  if (target.closest('[role=dialog]')) return true
  if (key === 'Enter') return target.closest('a, button, summary') !== null
  return key === ' ' && target.closest('button, summary, [role=button], [role=radio], [role=checkbox]') !== null
}
