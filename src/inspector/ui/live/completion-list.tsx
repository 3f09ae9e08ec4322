import clsx from 'clsx'
import { Zap } from 'lucide-react'
import type { Option } from './use-completion.ts'

interface Props {
  id: string
  options: readonly Option[]
  active: number
  onChoose(option: Option): void
}

/** What can be typed next, under the filter. */
export function CompletionList({ id, options, active, onChoose }: Props) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="What can be typed next"
      className="absolute inset-x-0 top-full z-20 mt-1 max-h-80 max-w-2xl overflow-y-auto rounded-md border border-muted bg-raised py-1 shadow-[0_4px_16px_rgb(0_0_0/0.12)]"
    >
      {options.map((option, index) => (
        <div
          key={option.insert}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          // The field keeps the focus: with it the list would go before it is clicked.
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(option)
          }}
          className={clsx(
            'flex cursor-default items-baseline gap-4 px-3 py-1 text-sm hover:bg-tint',
            index === active && 'bg-tint',
          )}
        >
          <span className="min-w-0 truncate font-mono">{option.insert}</span>
          <span className="ml-auto flex shrink-0 items-center gap-1.5 text-xs text-muted">
            {option.says}
            {option.isFast === false && (
              <span title="Looks through what is stored, from the newest back, and tells how far; it can be stopped">
                looks through
              </span>
            )}
            {option.isFast && (
              <span title="Answered from an index, however much is stored" className="inline-flex">
                <Zap size={12} aria-label="fast" />
              </span>
            )}
          </span>
        </div>
      ))}
    </div>
  )
}
