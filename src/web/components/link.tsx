'use client'
import NextLink from 'next/link'
import { type ComponentProps, useState } from 'react'

/**
 * A way to a page of the site, fetched ahead once somebody points at it or walks to it. Next's own fetches every link
 * on the screen ahead: with the inspector's navigation that is twenty requests a page, for pages that show what is true
 * now and so are fetched again when they are opened.
 */
export function Link({ prefetch, onPointerEnter, onFocus, ...props }: ComponentProps<typeof NextLink>) {
  const [isMeant, setMeant] = useState(false)
  return (
    <NextLink
      {...props}
      prefetch={isMeant ? (prefetch ?? null) : false}
      onPointerEnter={(event) => {
        setMeant(true)
        onPointerEnter?.(event)
      }}
      onFocus={(event) => {
        setMeant(true)
        onFocus?.(event)
      }}
    />
  )
}
