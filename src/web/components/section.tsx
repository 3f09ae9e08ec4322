import { type ReactNode, useId } from 'react'

interface SectionProps {
  title: string
  /** What this is for, in a sentence or two, beside what can be done. */
  note?: ReactNode
  children: ReactNode
}

/** A part of a page of settings: what it is about on the left, what can be done on the right, below a hairline. */
export function Section({ title, note, children }: SectionProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-10 gap-y-4 border-t border-line py-8 lg:grid-cols-[15rem_minmax(0,1fr)]"
    >
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {note && <div className="mt-1 max-w-md text-sm text-muted">{note}</div>}
      </div>
      <div className="min-w-0 max-w-md">{children}</div>
    </section>
  )
}
