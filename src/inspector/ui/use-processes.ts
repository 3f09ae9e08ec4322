'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ProcessStatus } from '../../bus/index.ts'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { ProcessRow } from '../model/process-view.ts'
import { useFeed } from './use-feed.ts'

const PAGE = 100
const REFRESH_MS = 1_000

/** The newest instances as they are now, and older ones as they were when they were loaded. */
export function useProcesses(initial: ProcessRow[], status: ProcessStatus | null) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [older, setOlder] = useState<ProcessRow[]>([])
  const [lastPage, setLastPage] = useState(initial.length)
  const newest = { status, limit: PAGE }
  const { data } = useQuery(
    trpc.inspector.processes.queryOptions(newest, {
      initialData: { rows: initial },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  )
  const { messages, connection } = useFeed({ room: 'live' }, [])
  const refresh = useAtMostOnceASecond(
    () => void client.invalidateQueries(trpc.inspector.processes.queryFilter(newest)),
  )
  useEffect(() => {
    if (messages.length > 0) refresh()
  }, [messages, refresh])

  const known = new Set(data.rows.map(idOf))
  const rows = [...data.rows, ...older.filter((each) => !known.has(idOf(each)))]
  const loadOlder = async () => {
    const last = rows.at(-1)
    if (!last) return
    const before = { startedAt: last.startedAt, process: last.process, key: last.key }
    const page = await client.fetchQuery(trpc.inspector.processes.queryOptions({ ...newest, before }))
    setOlder((loaded) => [...loaded, ...page.rows])
    setLastPage(page.rows.length)
  }
  return { rows, connection, loadOlder: () => void loadOlder(), hasOlder: lastPage === PAGE }
}

function idOf({ process, key }: ProcessRow): string {
  return `${process} ${key}`
}

/** However many messages come: one query a second. */
function useAtMostOnceASecond(run: () => void): () => void {
  const newest = useRef(run)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    newest.current = run
  })
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      newest.current()
    }, REFRESH_MS)
  }, [])
}
