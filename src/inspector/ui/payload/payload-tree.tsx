'use client'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { copyOf } from '../../model/payload/payload-copies.ts'
import { type Folding, findInPayload, type PayloadRow, payloadRows } from '../../model/payload/payload-rows.ts'
import { Choice } from '../conversation/choice.tsx'
import { listMove } from '../conversation/list-keys.ts'
import { useCopy } from '../use-copy.ts'
import { PayloadLine, payloadLineId } from './payload-line.tsx'

/** A payload as a tree that is folded, searched and copied from. */
export function PayloadTree({ root }: { root: unknown }) {
  const [folding, setFolding] = useState<Folding>(() => new Map())
  const [selected, setSelected] = useState<string | null>(null)
  const rows = useMemo(() => payloadRows(root, folding), [root, folding])
  const index = rows.findIndex((each) => each.path === selected)
  const row = rows[index]
  const fold = (path: string, isOpen: boolean) => setFolding((known) => new Map(known).set(path, isOpen))
  const goTo = (path: string, above: readonly string[] = []) => {
    setFolding((known) => new Map([...known, ...above.map((each) => [each, true] as const)]))
    setSelected(path)
    requestAnimationFrame(() => document.getElementById(payloadLineId(path))?.scrollIntoView({ block: 'nearest' }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = listMove(event.key, rows.length, index)
    if (to !== null && rows[to]) goTo(rows[to].path)
    else if (event.key === 'ArrowRight' && row?.hasChildren) fold(row.path, true)
    else if (event.key === 'ArrowLeft' && row?.hasChildren) fold(row.path, false)
    else return
    event.preventDefault()
  }
  if (rows.length === 0) return <p className="px-4 py-3 text-sm text-muted">It is empty.</p>
  return (
    <>
      <Find root={root} onGo={goTo} />
      <div
        role="tree"
        aria-label="Payload"
        aria-activedescendant={row ? payloadLineId(row.path) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="max-h-[36rem] overflow-auto py-2 font-mono text-sm leading-6"
      >
        {rows.map((each) => (
          <PayloadLine
            key={each.path}
            row={each}
            isSelected={each.path === selected}
            onSelect={setSelected}
            onFold={fold}
          />
        ))}
      </div>
      {row && !row.isRange && <Selected row={row} />}
    </>
  )
}

/** Where one is, and what can be taken from there. */
function Selected({ row }: { row: PayloadRow }) {
  const copy = useCopy()
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2">
      <span className="min-w-0 font-mono text-xs [overflow-wrap:anywhere] text-muted">{row.path}</span>
      <span className="ml-auto flex gap-2">
        <Choice onClick={() => void copy(row.path, 'The path is copied.')}>Copy path</Choice>
        <Choice onClick={() => void copy(copiedValue(row.value), 'The value is copied.')}>Copy value</Choice>
      </span>
    </div>
  )
}

/** A text without its quotes: it is pasted where one is looked for. */
function copiedValue(value: unknown): string {
  return typeof value === 'string' ? value : copyOf(value)
}

interface FindProps {
  root: unknown
  onGo(path: string, above: readonly string[]): void
}

/** Enter goes to the next one, with Shift to the one before. */
function Find({ root, onGo }: FindProps) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useMemo(() => findInPayload(root, text), [root, text])
  const go = (to: number) => {
    if (found.length === 0) return
    const next = (to + found.length) % found.length
    setAt(next)
    onGo(found[next]!.path, found[next]!.above)
  }
  const onChange = (value: string) => {
    setText(value)
    setAt(0)
    const [first] = findInPayload(root, value)
    if (first) onGo(first.path, first.above)
  }
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <input
        type="search"
        aria-label="Find in the payload"
        placeholder="Find"
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && go(at + (event.shiftKey ? -1 : 1))}
        className="h-7 w-40 rounded-md border border-field bg-raised px-2 text-xs placeholder:text-muted"
      />
      <span role="status" className="font-mono text-xs text-muted">
        {text !== '' && (found.length === 0 ? 'nothing' : `${at + 1} of ${found.length}`)}
      </span>
      {found.length > 1 && (
        <>
          <Choice onClick={() => go(at - 1)}>Previous</Choice>
          <Choice onClick={() => go(at + 1)}>Next</Choice>
        </>
      )}
    </div>
  )
}
