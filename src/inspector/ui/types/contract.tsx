'use client'
import { useState } from 'react'
import { SEGMENTS, segmentLook } from '../../../web/components/segments.ts'
import type { Field } from '../../model/types/fields.ts'
import type { TypeDetail, VersionView } from '../../model/types/type-view.ts'

const MARKS = { personal: 'personal, masked', secret: 'secret, sealed' } as const

/** What is in it: field by field, version by version. What is classified says so in words. */
export function Contract({ type: { contract, reply } }: { type: TypeDetail }) {
  const [chosen, setChosen] = useState(contract[0]!.version)
  const version = contract.find((each) => each.version === chosen) ?? contract[0]!
  return (
    <section aria-labelledby="contract-title">
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 id="contract-title" className="text-lg font-semibold tracking-tight">
          Contract
        </h2>
        <fieldset className={SEGMENTS}>
          <legend className="sr-only">Version</legend>
          {contract.map((each) => (
            <button
              key={each.version}
              type="button"
              aria-pressed={each === version}
              className={segmentLook(each === version, 'small')}
              onClick={() => setChosen(each.version)}
            >
              v{each.version}
            </button>
          ))}
        </fieldset>
        <p className="text-sm text-muted">{aboutOf(version)}</p>
      </div>
      <FieldTable label="Fields of the body" fields={version.fields} />
      {reply && (
        <>
          <h3 className="mt-4 mb-1 text-sm font-semibold">It answers with</h3>
          <FieldTable label="Fields of the reply" fields={reply} />
        </>
      )}
      <details className="mt-3">
        <summary className="cursor-pointer text-sm text-muted">As JSON Schema</summary>
        <pre tabIndex={0} className="mt-1 max-h-96 overflow-auto rounded bg-tint p-3 text-xs">
          {version.schema}
        </pre>
      </details>
    </section>
  )
}

function aboutOf({ sent, retentionDays, reads }: VersionView): string {
  const older = reads.length === 0 ? '' : `, reads ${reads.map((each) => `v${each}`).join(', ')} too`
  return `${sent.toLocaleString('en')} sent, kept for ${retentionDays} days${older}`
}

function FieldTable({ label, fields }: { label: string; fields: readonly Field[] }) {
  if (fields.length === 0) return <p className="text-sm text-muted">Nothing but that it was so.</p>
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={label}
      className="overflow-x-auto rounded-md border border-line bg-raised"
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            {['Field', 'Type', 'Rules', 'Classified'].map((each) => (
              <th key={each} scope="col" className="px-4 py-2 font-medium">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ path, type, isOptional, rules, classification }) => (
            <tr key={path} className="border-b border-line align-baseline last:border-0">
              <th scope="row" className="px-4 py-1.5 text-left font-mono text-xs font-medium whitespace-nowrap">
                {path}
              </th>
              <td className="px-4 py-1.5 font-mono text-xs">{type}</td>
              <td className="min-w-32 px-4 py-1.5 text-xs text-muted">
                {[...rules, ...(isOptional ? ['may be absent'] : [])].join(', ')}
              </td>
              <td className="px-4 py-1.5 text-xs whitespace-nowrap">
                {classification && (
                  <>
                    <span aria-hidden="true">•••• </span>
                    {MARKS[classification]}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
