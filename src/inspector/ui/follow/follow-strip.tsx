'use client'
import { X } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { Link } from '../../../web/components/link.tsx'
import { followedWords, lightsOf } from '../../model/followed.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { follow, light, putIntoAddress, useFollowedKey } from './followed-key.ts'
import { FOLLOWED_ID } from './lit.ts'
import { useFollowed } from './use-followed.ts'

/** Says on every page which key is followed, and how that stands now. Esc, or its cross, ends it. */
export function FollowStrip() {
  const key = useFollowedKey()
  return key === null ? null : <Strip followedKey={key} />
}

function Strip({ followedKey }: { followedKey: string }) {
  const data = useFollowed(followedKey)
  const lights = useMemo(() => (data ? lightsOf(data) : null), [data])
  useEffect(() => light(lights), [lights])
  // Every page has an address of its own, and one to which a link leads once more has it anew.
  useEffect(putIntoAddress)
  useShortcuts('everywhere', { unfollow: () => follow(null) })
  return (
    <section
      id={FOLLOWED_ID}
      aria-label="Followed"
      className="border-b border-line bg-[color-mix(in_srgb,var(--accent)_9%,var(--paper))]"
    >
      <p className="mx-auto flex min-h-9 max-w-[104rem] flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-1 text-sm sm:px-6">
        <span aria-hidden="true" className="h-4 w-[3px] rounded-full bg-accent" />
        <span>
          Following{' '}
          <Link
            href={`/inspector/key/${encodeURIComponent(followedKey)}`}
            className="font-mono text-xs break-all text-accent underline underline-offset-4"
          >
            {data?.isPerson ? `person …${followedKey.slice(-12)}` : followedKey}
          </Link>
        </span>
        <span className="text-muted">{data ? followedWords(data) : 'looking'}</span>
        <button
          type="button"
          onClick={() => follow(null)}
          title="Follow it no more (Esc)"
          aria-label="Follow it no more"
          className="ml-auto flex size-7 items-center justify-center rounded text-muted hover:bg-tint hover:text-ink"
        >
          <X size={16} aria-hidden="true" />
        </button>
      </p>
    </section>
  )
}
