import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { useFailureToast } from '../use-outcome-toast.ts'

/** After each change the list is what the server says. */
export function useViewsChanged() {
  const trpc = useTRPC()
  const client = useQueryClient()
  return {
    onSettled: () => client.invalidateQueries(trpc.inspector.savedViews.queryFilter()),
    onError: useFailureToast(),
  }
}
