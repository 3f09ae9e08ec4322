import clsx from 'clsx'

interface Props {
  modules: readonly string[]
  folded: ReadonlySet<string>
  onFold(folded: string[]): void
}

/** Which modules are one node each. */
export function FoldBar({ modules, folded, onFold }: Props) {
  const toggle = (name: string) =>
    onFold(modules.filter((each) => (each === name ? !folded.has(each) : folded.has(each))))
  return (
    <fieldset className="flex flex-wrap items-center gap-1 text-sm">
      <legend className="sr-only">Modules shown as one node each</legend>
      <span aria-hidden="true" className="mr-1 text-xs text-muted">
        Folded
      </span>
      {modules.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={folded.has(name)}
          title={folded.has(name) ? `Unfold ${name}` : `Fold ${name} into one node`}
          onClick={() => toggle(name)}
          className={clsx(
            'h-7 rounded-md border px-2 text-xs',
            folded.has(name) ? 'border-muted bg-tint font-medium text-ink' : 'border-line text-muted hover:text-ink',
          )}
        >
          {name}
        </button>
      ))}
      <button
        type="button"
        onClick={() => onFold(folded.size === modules.length ? [] : [...modules])}
        className="h-7 px-2 text-xs text-accent underline-offset-4 hover:underline"
      >
        {folded.size === modules.length ? 'Unfold all' : 'Fold all'}
      </button>
    </fieldset>
  )
}
