'use client'
import { useState } from 'react'
import type { LiveView } from '../../model/live-list.ts'
import type { MessageRow } from '../../model/view.ts'

export interface Marks {
  /** As they are now; one that the list has let go of is marked no more. */
  messages: readonly MessageRow[]
  has(messageId: string): boolean
  toggle(message: MessageRow): void
  clear(): void
}

/** Messages somebody has marked, to do something to all of them. */
export function useMarks(view: LiveView): Marks {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return {
    messages: [...ids].flatMap((each) => view.at(view.indexOf(each)) ?? []),
    has: (messageId) => ids.has(messageId),
    toggle: ({ messageId }) =>
      setIds((known) => {
        const next = new Set(known)
        if (!next.delete(messageId)) next.add(messageId)
        return next
      }),
    clear: () => setIds(new Set()),
  }
}
