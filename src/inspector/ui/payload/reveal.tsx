'use client'
import { useMutation } from '@tanstack/react-query'
import { Eye, EyeOff } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useHiddenAgain } from '../../../web/components/use-hidden-again.ts'
import { REVEALED_FOR_S, SAY_WHY, SHORTEST_REASON } from '../../../web/revealing.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { PayloadSource } from '../../model/payload/payload-source.ts'
import type { RevealedField } from '../../model/payload/revealed.ts'
import { useAnswer } from './use-payload.ts'

interface RevealProps {
  messageId: string
  /** Masked. */
  source: PayloadSource
}

/** For operators: what is masked of a message, for a short time, with a reason that is kept. It is in no copy. */
export function Reveal({ messageId, source }: RevealProps) {
  const { value: paths } = useAnswer(source, (each) => each.maskedPaths())
  const [isAsking, setAsking] = useState(false)
  const [shown, setShown] = useState<readonly RevealedField[] | null>(null)
  if (!paths || paths.length === 0) return null
  if (shown) return <Revealed fields={shown} onHide={() => setShown(null)} />
  return (
    <div className="border-t border-line px-4 py-3">
      {isAsking ? (
        <AskToReveal
          messageId={messageId}
          paths={paths}
          onCancel={() => setAsking(false)}
          onReveal={(fields) => {
            setAsking(false)
            setShown(fields)
          }}
        />
      ) : (
        <Button variant="quiet" size="small" onClick={() => setAsking(true)}>
          <Eye size={14} aria-hidden="true" />
          Reveal personal data
        </Button>
      )}
    </div>
  )
}

interface AskProps {
  messageId: string
  paths: readonly string[]
  onReveal(fields: readonly RevealedField[]): void
  onCancel(): void
}

function AskToReveal({ messageId, paths, onReveal, onCancel }: AskProps) {
  const trpc = useTRPC()
  const id = useId()
  const [problem, setProblem] = useState<string>()
  const reveal = useMutation(
    trpc.inspector.reveal.mutationOptions({
      // What was revealed must not stay in the page's memory.
      gcTime: 0,
      onSuccess: ({ fields }) => onReveal(fields),
      onError: (error) => setProblem(error.data ? error.message : 'The server did not answer. Please try again.'),
    }),
  )
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { field = '', reason = '' } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
    if (reason.trim().length < SHORTEST_REASON) return setProblem(SAY_WHY)
    reveal.mutate({ messageId, field: field === '' ? null : field, reason })
  }
  return (
    <form noValidate onSubmit={send} aria-label="Reveal personal data" className="grid max-w-lg gap-3">
      <div className="grid gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">
          Field
        </label>
        <select id={id} name="field" className="h-11 rounded-md border border-field bg-raised px-3">
          <option value="">All of them</option>
          {paths.map((path) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </select>
      </div>
      <TextField
        label="Reason"
        name="reason"
        autoFocus
        maxLength={500}
        hint={`It is kept in the audit, with your name. Shown for ${REVEALED_FOR_S} seconds.`}
        error={problem}
      />
      <div className="flex gap-2">
        <Button type="submit" size="small" pending={reveal.isPending}>
          Reveal
        </Button>
        <Button variant="quiet" size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

function Revealed({ fields, onHide }: { fields: readonly RevealedField[]; onHide(): void }) {
  const left = useHiddenAgain(onHide)
  return (
    <section aria-label="Revealed personal data" className="border-t border-line bg-tint px-4 py-3">
      <p className="mb-2 flex items-center gap-3 text-sm text-muted">
        <span>Hidden again in {left} s</span>
        <Button variant="quiet" size="small" onClick={onHide}>
          <EyeOff size={14} aria-hidden="true" />
          Hide now
        </Button>
      </p>
      {fields.length === 0 ? (
        <p className="text-sm">There is nothing to show: it is gone, or its person was erased.</p>
      ) : (
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 font-mono text-sm">
          {fields.map(({ path, value }) => (
            <div key={path} className="contents">
              <dt className="text-muted">{path}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
