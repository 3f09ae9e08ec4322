import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../web/trpc/client.tsx'

/** Reads the list of passkeys anew. */
export function useRefreshPasskeys(): () => Promise<void> {
  const trpc = useTRPC()
  const client = useQueryClient()
  return () => client.invalidateQueries(trpc.accounts.passkeys.queryFilter())
}
