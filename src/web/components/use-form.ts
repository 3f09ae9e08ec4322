'use client'
import { type FocusEvent, type FormEvent, useRef, useState } from 'react'
import { z } from 'zod'

type Errors<Field extends string> = Partial<Record<Field, string>>

/**
 * A form whose fields keep what was typed, whatever happens. Problems show when a field is left, and all of them
 * when the form is sent; then the first field with one is focused.
 */
export function useForm<Schema extends z.ZodObject>(schema: Schema, send: (values: z.output<Schema>) => void) {
  type Field = keyof z.input<Schema> & string
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<Errors<Field>>({})

  const read = () => Object.fromEntries(new FormData(form.current ?? undefined)) as Record<string, string>
  const problemsOf = (values: Record<string, string>): Errors<Field> => {
    const parsed = schema.safeParse(values)
    if (parsed.success) return {}
    const fields = z.flattenError(parsed.error).fieldErrors as Record<string, string[] | undefined>
    return Object.fromEntries(Object.entries(fields).map(([field, texts]) => [field, texts?.[0]])) as Errors<Field>
  }
  const showProblem = (field: Field, text: string) => {
    setErrors((known) => ({ ...known, [field]: text }))
    focus(form.current, field)
  }

  /** What the server found wrong with fields, beside them. */
  const showRefusal = (error: unknown) => {
    const found = refused.safeParse(error).data?.data.fieldErrors ?? {}
    for (const field of Object.keys(schema.shape) as Field[]) {
      const text = found[field]?.[0]
      if (text) return showProblem(field, text)
    }
  }

  return {
    errors,
    showProblem,
    showRefusal,
    formProps: {
      ref: form,
      noValidate: true,
      onSubmit: (event: FormEvent) => {
        event.preventDefault()
        const values = read()
        const problems = problemsOf(values)
        setErrors(problems)
        const [first] = Object.keys(schema.shape).filter((field) => field in problems)
        if (first) return focus(form.current, first)
        send(schema.parse(values))
      },
    },
    fieldProps: (field: Field) => ({
      name: field,
      error: errors[field],
      // Gone while one types: if it went when the field is left, the button would move from under the pointer.
      onInput: () => {
        if (errors[field]) setErrors((known) => ({ ...known, [field]: undefined }))
      },
      onBlur: ({ currentTarget }: FocusEvent<HTMLInputElement>) => {
        if (currentTarget.value === '' && !errors[field]) return
        const problem = problemsOf(read())[field]
        setErrors((known) => ({ ...known, [field]: problem }))
      },
    }),
  }
}

const refused = z.object({ data: z.object({ fieldErrors: z.record(z.string(), z.array(z.string())) }) })

function focus(form: HTMLFormElement | null, field: string): void {
  const input = form?.elements.namedItem(field)
  if (input instanceof HTMLInputElement) input.focus()
}
