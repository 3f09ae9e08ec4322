'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useToasts } from '../../../web/components/toasts.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { type SelectedAction, useSelectedActions } from '../palette/selected.ts'
import { saveFile } from '../save-file.ts'

/** Saves a conversation as a file; offered in the palette, too. */
export function useExport(conversationId: string): () => void {
  const trpc = useTRPC()
  const client = useQueryClient()
  const toasts = useToasts()
  const actions = useMemo<SelectedAction[]>(() => {
    const save = async () => {
      const options = trpc.inspector.recording.queryOptions({ id: conversationId }, { staleTime: 0, gcTime: 0 })
      const recording = await client.fetchQuery(options)
      if (recording === null) throw new Error('There is no such conversation any more.')
      saveFile(`conversation-${conversationId.slice(-8)}.busrec`, new Blob([recording], { type: 'application/json' }))
      toasts.add({
        title: 'Exported',
        description: 'Personal and secret values are masked in the file. It opens in any inspector.',
      })
    }
    const run = () =>
      void save().catch((error: unknown) =>
        toasts.add({ title: 'It was not exported', description: (error as Error).message }),
      )
    return [{ title: 'Export this conversation', words: 'recording busrec file save download', run }]
  }, [conversationId, trpc, client, toasts])
  useSelectedActions(actions)
  return actions[0]!.run
}
