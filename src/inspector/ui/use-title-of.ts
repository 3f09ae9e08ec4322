'use client'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTRPC } from '../../web/trpc/client.tsx'

export type TitleOf = (name: string) => string

/** What is told of a type of message where its name is pointed at: all of the name, and what it says. Asked for once a tab. */
export function useTitleOf(): TitleOf {
  const trpc = useTRPC()
  // A build does not change while it runs.
  const forGood = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY }
  const { data: descriptions } = useQuery(trpc.inspector.descriptions.queryOptions(undefined, forGood))
  return useCallback(
    (name) => {
      const says = descriptions?.[name]
      return says ? `${name}\n${says}` : name
    },
    [descriptions],
  )
}
