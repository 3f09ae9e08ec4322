'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link } from '../../../web/components/link.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { compareTrees } from '../../model/compare/align.ts'
import { formatMs } from '../../model/durations.ts'
import { causeTreeOf } from '../../model/timeline/cause-tree.ts'
import { unpackTimeline } from '../../model/timeline/packed.ts'
import { boundsOf } from '../../model/timeline/timeline.ts'
import { Choice } from '../conversation/choice.tsx'
import { ComparedPayloads } from './compared-payloads.tsx'
import { ComparedRows } from './compared-rows.tsx'

/** Two conversations, side by side: what is missing, what is new, what went another way or took longer. */
export function ComparePage({ a, b }: { a: string; b: string }) {
  const [one, other] = [useSnapshot(a), useSnapshot(b)]
  const [onlyDifferences, setOnly] = useState(false)
  const [selected, setSelected] = useState<string | null>(null)
  const all = useMemo(() => (one && other ? compareTrees(one.tree, other.tree) : null), [one, other])
  const rows = useMemo(
    () => (onlyDifferences ? all?.filter((each) => each.differences.length > 0) : all) ?? [],
    [all, onlyDifferences],
  )
  const differing = all?.filter((each) => each.differences.length > 0).length ?? 0
  const current = rows.find((each) => each.id === selected)
  return (
    <div className="room room-filled flex min-h-0 flex-1 flex-col gap-3">
      <h1 className="text-2xl font-semibold tracking-tight">Compare</h1>
      <dl className="grid gap-x-8 gap-y-1 text-sm sm:grid-cols-2">
        <Side name="A" id={a} words={one?.words} />
        <Side name="B" id={b} words={other?.words} />
      </dl>
      {all && (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <Choice isOn={onlyDifferences} onClick={() => setOnly(!onlyDifferences)}>
            Only what differs
          </Choice>
          <p role="status" className="text-muted">
            {differing === 0
              ? 'They went the same way.'
              : `${differing.toLocaleString('en')} of ${all.length.toLocaleString('en')} differ`}
          </p>
        </div>
      )}
      {all ? (
        <ComparedRows rows={rows} selected={selected} onSelect={setSelected} />
      ) : (
        <p className="text-sm text-muted">They are being read.</p>
      )}
      {current?.a && current.b && <ComparedPayloads key={current.id} a={current.a.message} b={current.b.message} />}
    </div>
  )
}

function useSnapshot(id: string) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.inspector.timeline.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY, structuralSharing: false }),
  )
  return useMemo(() => {
    if (!data) return null
    const { timeline, at } = unpackTimeline(data)
    const { start, end } = boundsOf(timeline, at)
    const count = timeline.messages.length
    return {
      tree: causeTreeOf(timeline),
      words: `${count === 1 ? 'one message' : `${count.toLocaleString('en')} messages`}, ${formatMs(end - start)}`,
    }
  }, [data])
}

function Side({ name, id, words }: { name: string; id: string; words: string | undefined }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-3">
      <dt className="font-semibold">{name}</dt>
      <dd className="flex min-w-0 flex-wrap gap-x-3">
        <Link
          href={`/inspector/c/${id}`}
          className="font-mono text-xs leading-5 break-all underline underline-offset-4"
        >
          {id}
        </Link>
        <span className="text-muted">{words}</span>
      </dd>
    </div>
  )
}
