import { useQueryClient } from '@tanstack/react-query'
import { useToasts } from '../../../web/components/toasts.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'

/** After each change the list is what the server says. */
export function useViewsChanged() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const toasts = useToasts()
  return {
    onSettled: () => client.invalidateQueries(trpc.inspector.savedViews.queryFilter()),
    onError: ({ message }: { message: string }) =>
      void toasts.add({ title: 'That did not work', description: message }),
  }
}
