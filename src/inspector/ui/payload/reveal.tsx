'use client'
import { useMutation } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { HiddenAgain } from '../../../web/components/hidden-again.tsx'
import { RevealForm } from '../../../web/components/reveal-form.tsx'
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
  const reveal = useMutation(
    trpc.inspector.reveal.mutationOptions({
      // What was revealed must not stay in the page's memory.
      gcTime: 0,
      onSuccess: ({ fields }) => onReveal(fields),
    }),
  )
  return (
    <RevealForm
      label="Reveal personal data"
      verb="Reveal"
      of={reveal}
      onReveal={({ field = '', reason = '' }) =>
        reveal.mutate({ messageId, field: field === '' ? null : field, reason })
      }
      onCancel={onCancel}
    >
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
    </RevealForm>
  )
}

function Revealed({ fields, onHide }: { fields: readonly RevealedField[]; onHide(): void }) {
  return (
    <section aria-label="Revealed personal data" className="border-t border-line bg-tint px-4 py-3">
      <p className="mb-2 flex items-center gap-3 text-sm text-muted">
        <HiddenAgain onHide={onHide} />
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
