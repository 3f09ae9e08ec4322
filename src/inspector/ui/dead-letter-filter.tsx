import { buttonLook } from '../../web/components/button.tsx'
import type { DeadLetterFilter } from '../model/dead-letters.ts'

interface Props {
  filter: DeadLetterFilter
  /** What else stands in the address. */
  kept: Readonly<Record<string, string>>
}

/** Narrows the groups down. A plain form: what is looked for stands in the address, and can be sent to somebody. */
export function DeadLetterFilterForm({ filter, kept }: Props) {
  return (
    <form action="/inspector/dead-letters" className="flex flex-wrap items-end gap-3">
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field label="Handler" name="handler" value={filter.subscription} placeholder="accounts.create-user" />
      <Field label="Error contains" name="error" value={filter.text} placeholder="timeout" />
      <button type="submit" className={buttonLook({ variant: 'quiet', size: 'small' })}>
        Filter
      </button>
    </form>
  )
}

interface FieldProps {
  label: string
  name: string
  value: string | null
  placeholder: string
}

function Field({ label, name, value, placeholder }: FieldProps) {
  return (
    <label className="grid min-w-0 flex-1 gap-1 text-xs text-muted sm:max-w-72">
      {label}
      <input
        key={value}
        name={name}
        defaultValue={value ?? ''}
        placeholder={placeholder}
        maxLength={200}
        spellCheck={false}
        className="h-8 w-full rounded-md border border-field bg-raised px-2 text-sm text-ink placeholder:text-muted hover:border-ink"
      />
    </label>
  )
}
