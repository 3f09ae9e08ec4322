'use client'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import type { MenuChoice } from '../../../web/components/menu.tsx'
import { setTaste, type Taste, useTaste } from '../../../web/taste.ts'
import { type Folding, type Found, MOST_FOUND, type PayloadRow } from '../../model/payload/payload-rows.ts'
import type { PayloadSource } from '../../model/payload/payload-source.ts'
import { Choice } from '../conversation/choice.tsx'
import { listMove } from '../conversation/list-keys.ts'
import { PayloadLine, payloadLineId } from './payload-line.tsx'
import { useAnswer } from './use-payload.ts'
import { useValueChoices } from './use-value-choices.ts'
import { ValueMenu } from './value-menu.tsx'

interface Props {
  source: PayloadSource
  /** Of a message: its values can be filtered by, and shown in columns. */
  isOfMessage?: boolean
}

/** A payload as a tree that is folded, searched and copied from. */
export function PayloadTree({ source, isOfMessage = false }: Props) {
  const [folding, setFolding] = useState<Folding>(() => new Map())
  const [selected, setSelected] = useState<string | null>(null)
  const awaited = useRef<string | null>(null)
  const { keyOrder } = useTaste()
  const { value, problem } = useAnswer(source, (each) => each.rows(folding, keyOrder), [folding, keyOrder])
  const rows = value ?? []
  const index = rows.findIndex((each) => each.path === selected)
  const row = rows[index]
  const choicesOf = useValueChoices(source, isOfMessage)
  const choices = row && !row.isRange ? choicesOf(row) : NONE
  const fold = (path: string, isOpen: boolean) => setFolding((known) => new Map(known).set(path, isOpen))
  const goTo = (path: string, above: readonly string[] = []) => {
    setFolding((known) => new Map([...known, ...above.map((each) => [each, true] as const)]))
    setSelected(path)
    awaited.current = path
  }
  // The line comes with the answer, which a worker gives later.
  useEffect(() => {
    const line = awaited.current === null ? null : document.getElementById(payloadLineId(awaited.current))
    if (!line) return
    awaited.current = null
    line.scrollIntoView({ block: 'nearest' })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const to = listMove(event.key, rows.length, index)
    if (to !== null && rows[to]) goTo(rows[to].path)
    else if (event.key === 'ArrowRight' && row?.hasChildren) fold(row.path, true)
    else if (event.key === 'ArrowLeft' && row?.hasChildren) fold(row.path, false)
    else return
    event.preventDefault()
  }
  if (problem) return <p className="px-4 py-3 text-sm text-danger">It cannot be read: {problem}</p>
  if (!value) return <p className="px-4 py-3 text-sm text-muted">Reading it</p>
  if (rows.length === 0) return <p className="px-4 py-3 text-sm text-muted">It is empty.</p>
  return (
    <>
      <Find source={source} order={keyOrder} onGo={goTo} />
      <ValueMenu choices={choices}>
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
              source={source}
              isSelected={each.path === selected}
              onSelect={setSelected}
              onFold={fold}
            />
          ))}
        </div>
      </ValueMenu>
      {row && !row.isRange && <Selected row={row} choices={choices} />}
    </>
  )
}

const NONE: readonly MenuChoice[] = []

/** Where one is, and what can be done there; the menu of a right click has the same. */
function Selected({ row, choices }: { row: PayloadRow; choices: readonly MenuChoice[] }) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2">
      <span className="min-w-0 font-mono text-xs [overflow-wrap:anywhere] text-muted">
        <ForeignText text={row.path} />
      </span>
      <span className="ml-auto flex flex-wrap gap-2">
        {choices.map(({ title, run }) => (
          <Choice key={title} onClick={run}>
            {title}
          </Choice>
        ))}
      </span>
    </div>
  )
}

interface FindProps {
  source: PayloadSource
  order: Taste['keyOrder']
  onGo(path: string, above: readonly string[]): void
}

/** Enter goes to the next one, with Shift to the one before. */
function Find({ source, order, onGo }: FindProps) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [found, setFound] = useState<readonly Found[]>([])
  const newest = useRef(text)
  const go = (to: number) => {
    if (found.length === 0) return
    const next = (to + found.length) % found.length
    setAt(next)
    onGo(found[next]!.path, found[next]!.above)
  }
  const look = (value: string, by: Taste['keyOrder']) => {
    newest.current = value
    void Promise.resolve(source.find(value, by)).then((all) => {
      // Of what was typed before: the answer to the newest is on its way.
      if (value !== newest.current) return
      setFound(all)
      setAt(0)
      if (all[0]) onGo(all[0].path, all[0].above)
    })
  }
  /** What was found comes in the new order too. */
  const sort = () => {
    const by = order === 'sorted' ? 'original' : 'sorted'
    setTaste({ keyOrder: by })
    look(text, by)
  }
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <input
        type="search"
        aria-label="Find in the payload"
        placeholder="Find"
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          look(target.value, order)
        }}
        onKeyDown={(event) => event.key === 'Enter' && go(at + (event.shiftKey ? -1 : 1))}
        className="h-7 w-40 rounded-md border border-field bg-raised px-2 text-xs placeholder:text-muted"
      />
      <span role="status" className="font-mono text-xs text-muted">
        {text !== '' &&
          (found.length === 0
            ? 'nothing'
            : `${at + 1} of ${found.length}${found.length === MOST_FOUND ? ' or more' : ''}`)}
      </span>
      {found.length > 1 && (
        <>
          <Choice onClick={() => go(at - 1)}>Previous</Choice>
          <Choice onClick={() => go(at + 1)}>Next</Choice>
        </>
      )}
      <span className="ml-auto">
        <Choice isOn={order === 'sorted'} title="The fields of an object by name, or as they were sent" onClick={sort}>
          Sort keys
        </Choice>
      </span>
    </div>
  )
}
