import { type ComponentProps, useId } from 'react'

interface TextFieldProps extends ComponentProps<'input'> {
  label: string
  /** Said below the field until there is an error. */
  hint?: string
  error?: string | undefined
}

/** A field with its label, and its error in words. */
export function TextField({ label, hint, error, ...input }: TextFieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className="h-11 w-full rounded-md border border-field bg-raised px-3 text-ink placeholder:text-muted hover:border-ink aria-invalid:border-danger"
      />
      {note && (
        <p id={`${id}-note`} className={error ? 'text-sm text-danger' : 'text-sm text-muted'}>
          {note}
        </p>
      )}
    </div>
  )
}
