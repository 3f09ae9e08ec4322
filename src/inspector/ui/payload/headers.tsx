'use client'
import { Copy } from 'lucide-react'
import { DateTime } from '../../../web/components/date-time.tsx'
import { type Header, headersAsJson, headersOf } from '../../model/payload/headers.ts'
import type { MessageDetail } from '../../model/view.ts'
import { Choice } from '../conversation/choice.tsx'
import { useCopy } from '../use-copy.ts'
import { FACTS, Way } from './facts.tsx'

/** All that travels with a body. */
export function Headers({ message }: { message: MessageDetail }) {
  const copy = useCopy()
  return (
    <>
      <dl aria-label="Headers" className={FACTS}>
        {headersOf(message).map((header) => (
          <Row key={header.field} header={header} onCopy={copy} />
        ))}
      </dl>
      <p className="border-t border-line px-4 py-2">
        <Choice onClick={() => void copy(headersAsJson(message), 'The headers are copied as JSON.')}>
          Copy all of them
        </Choice>
      </p>
    </>
  )
}

interface RowProps {
  header: Header
  onCopy: ReturnType<typeof useCopy>
}

function Row({ header: { field, name, value, href, note }, onCopy }: RowProps) {
  const isTime = field.endsWith('At')
  return (
    <>
      <dt>{name}</dt>
      <dd className="flex items-start gap-2">
        <span className="min-w-0 flex-1">
          {value !== null && (
            <span className="font-mono text-xs">{href ? <Way href={href}>{value}</Way> : value} </span>
          )}
          {(note || (isTime && value)) && (
            <span className="text-xs text-muted">
              {isTime && value && <DateTime iso={value} />}
              {isTime && value && note && ', '}
              {note}
            </span>
          )}
        </span>
        {value !== null && (
          <button
            type="button"
            aria-label={`Copy ${name}`}
            title={`Copy ${name}`}
            onClick={() => void onCopy(value, `Copied: ${name}.`)}
            className="-my-0.5 flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-tint hover:text-ink"
          >
            <Copy size={13} aria-hidden="true" />
          </button>
        )}
      </dd>
    </>
  )
}
