import { X } from 'lucide-react'
import type { KeyboardEvent } from 'react'

interface Props {
  chips: readonly string[]
  onEdit(index: number): void
  onRemove(index: number): void
  /** Past the last one. */
  onLeave(): void
}

/** What is finished of a filter: each can be changed, or taken away, also by keys. */
export function FilterChips({ chips, onEdit, onRemove, onLeave }: Props) {
  if (chips.length === 0) return null
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-chip]')]
    const at = all.indexOf(event.target as HTMLElement)
    if (at < 0) return
    const goTo = (place: number) => (place >= all.length ? onLeave() : all[Math.max(0, place)]!.focus())
    if (event.key === 'ArrowLeft') goTo(at - 1)
    else if (event.key === 'ArrowRight') goTo(at + 1)
    else if (event.key === 'Backspace' || event.key === 'Delete') {
      onRemove(at)
      onLeave()
    } else return
    event.preventDefault()
  }
  return (
    <ul aria-label="Filters" onKeyDown={onKeyDown} className="contents">
      {chips.map((chip, index) => (
        <li
          key={chip}
          className="flex max-w-full items-center rounded border border-line bg-tint font-mono text-xs leading-5"
        >
          <button
            type="button"
            data-chip
            onClick={() => onEdit(index)}
            title="Change it; Backspace takes it away"
            className="truncate pl-1.5 hover:underline"
          >
            {chip}
          </button>
          <button
            type="button"
            tabIndex={-1}
            onClick={() => onRemove(index)}
            aria-label={`Take ${chip} away`}
            className="px-1 text-muted hover:text-ink"
          >
            <X size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}
