import { createHash } from 'node:crypto'
import { type Followed, type FollowedNews, followedNews, type KnownFollowed } from '../model/followed.ts'

/** So many answers are remembered, over all keys: whoever knows an older one is told everything. */
const MOST_REMEMBERED = 50

export interface FollowedRequest {
  key: string
  /** The version that whoever asks knows. */
  since: string | null
}

/** Tells whoever follows a key only what differs from what they were told; nothing at all where nothing does. */
export function followedSince(
  find: (key: string) => Promise<Followed>,
): (request: FollowedRequest) => Promise<FollowedNews | null> {
  const remembered = new Map<string, KnownFollowed>()
  return async ({ key, since }) => {
    const found = await find(key)
    const version = createHash('sha256').update(JSON.stringify(found)).digest('base64url')
    const now = { ...found, version }
    remembered.delete(version)
    remembered.set(version, now)
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MOST_REMEMBERED) break
      remembered.delete(oldest)
    }
    if (since === version) return null
    return followedNews((since !== null && remembered.get(since)) || null, now)
  }
}
