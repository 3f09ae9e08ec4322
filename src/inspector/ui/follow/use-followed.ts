import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTRPCClient } from '../../../web/trpc/client.tsx'
import { type KnownFollowed, withNews } from '../../model/followed.ts'

const REFRESH_MS = 1_000

/** What there is about a key now; each second only what is new of it is asked for. */
export function useFollowed(key: string): KnownFollowed | null {
  const api = useTRPCClient()
  const client = useQueryClient()
  const queryKey = ['followed', key]
  const { data } = useQuery({
    queryKey,
    queryFn: async () => {
      const known = client.getQueryData<KnownFollowed>(queryKey) ?? null
      const news = await api.inspector.followed.query({ key, since: known?.version ?? null })
      return news ? withNews(known, news) : known
    },
    refetchInterval: REFRESH_MS,
  })
  return data ?? null
}
