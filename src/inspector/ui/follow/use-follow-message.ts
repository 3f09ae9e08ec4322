'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useToasts } from '../../../web/components/toasts.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { follow } from './followed-key.ts'

/** Follows what a message is about: its key, or else its person. */
export function useFollowMessage(): (messageId: string) => Promise<void> {
  const trpc = useTRPC()
  const client = useQueryClient()
  const toasts = useToasts()
  return async (messageId) => {
    try {
      const message = await client.fetchQuery({
        ...trpc.inspector.message.queryOptions({ id: messageId }),
        staleTime: Number.POSITIVE_INFINITY,
      })
      const about = message?.key ?? message?.subjectId
      if (about) follow(about)
      else toasts.add({ title: 'It has no key and is about nobody: there is nothing to follow.' })
    } catch (error) {
      toasts.add({ title: 'It is not followed', description: (error as Error).message })
    }
  }
}
