/** What of a key press tells which one it is. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/**
 * Whether a press is the key of a shortcut. Letters are told apart by case: `C` is Shift and c. `Mod` is ⌘, or Ctrl
 * where there is none.
 */
export function isPressed(shortcut: string, press: KeyPress): boolean {
  const wantsMod = shortcut.startsWith('Mod+')
  const key = wantsMod ? shortcut.slice('Mod+'.length) : shortcut
  const hasMod = press.metaKey || press.ctrlKey
  return !press.altKey && hasMod === wantsMod && (key === 'Space' ? ' ' : key) === press.key
}

/** A key as it is printed on the keyboard. */
export function keyName(shortcut: string, isApple: boolean): string {
  const named = shortcut
    .replace('Mod+', isApple ? '⌘' : 'Ctrl ')
    .replace('ArrowDown', '↓')
    .replace('ArrowUp', '↑')
  return /^[A-Z]$/.test(named) ? `⇧${named.toLowerCase()}` : named
}
