'use client'
import { Button } from '../../../web/components/button.tsx'
import { follow, useFollowedKey } from './followed-key.ts'

/** Follows a key, or what is followed already no more. */
export function FollowButton({ of: key }: { of: string }) {
  const isFollowed = useFollowedKey() === key
  return (
    <Button
      variant="quiet"
      size="small"
      aria-pressed={isFollowed}
      title="Everything about it lights up on every page (F)"
      onClick={() => follow(isFollowed ? null : key)}
    >
      {isFollowed ? 'Following everywhere' : 'Follow everywhere'}
    </Button>
  )
}
