import clsx from 'clsx'

interface Props<Option extends string> {
  /** What is chosen, for those who do not see the frame. */
  label: string
  options: Record<Option, string>
  chosen: Option
  onChoose(option: Option): void
}

/** A choice of which one always holds. */
export function OneOf<Option extends string>({ label, options, chosen, onChoose }: Props<Option>) {
  return (
    <fieldset className="flex rounded-md border border-line text-sm">
      <legend className="sr-only">{label}</legend>
      {(Object.entries(options) as [Option, string][]).map(([each, words]) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === chosen}
          onClick={() => onChoose(each)}
          className={clsx('h-8 px-3', each === chosen ? 'bg-tint font-medium' : 'text-muted hover:text-ink')}
        >
          {words}
        </button>
      ))}
    </fieldset>
  )
}
