'use client'
import { Fragment, useState, useSyncExternalStore } from 'react'
import { Button } from '../../web/components/button.tsx'

const REASONS = {
  personal: 'personal data, masked',
  secret: 'secret, sealed',
  unknown: 'not known to this build, masked',
} as const

type Reason = keyof typeof REASONS

/** The body of a message. What is masked stays masked, also in the copy. */
export function Payload({ body }: { body: unknown }) {
  return (
    <div className="relative rounded-md border border-line bg-raised px-4 py-3">
      <div className="overflow-x-auto font-mono text-sm leading-6">
        <Value value={body} />
      </div>
      <CopyJson body={body} />
    </div>
  )
}

const never = () => () => {}

/** Browsers lend the clipboard to secure pages only: elsewhere there is no button. */
function CopyJson({ body }: { body: unknown }) {
  const [isCopied, setCopied] = useState(false)
  const canCopy = useSyncExternalStore(
    never,
    () => 'clipboard' in navigator,
    () => false,
  )
  const copy = async () => {
    await navigator.clipboard.writeText(
      JSON.stringify(body, (_, value: unknown) => (maskOf(value) ? '••••' : value), 2),
    )
    setCopied(true)
  }
  if (!canCopy) return null
  return (
    <Button variant="quiet" size="small" className="mt-3" onClick={() => void copy()}>
      {isCopied ? 'Copied' : 'Copy JSON'}
    </Button>
  )
}

function Value({ value }: { value: unknown }) {
  const mask = maskOf(value)
  if (mask) {
    return (
      <span>
        •••• <span className="font-sans text-xs text-muted">{REASONS[mask]}</span>
      </span>
    )
  }
  if (typeof value !== 'object' || value === null) return <span className="break-all">{JSON.stringify(value)}</span>
  const entries = Object.entries(value)
  if (entries.length === 0) return <span className="text-muted">{Array.isArray(value) ? '[ ]' : '{ }'}</span>
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5">
      {entries.map(([key, item]) => (
        <Fragment key={key}>
          <dt className="text-muted">{key}</dt>
          <dd>
            <Value value={item} />
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

function maskOf(value: unknown): Reason | null {
  if (typeof value !== 'object' || value === null || !('masked' in value)) return null
  const { masked } = value
  return masked === 'personal' || masked === 'secret' || masked === 'unknown' ? masked : null
}
