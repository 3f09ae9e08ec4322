'use client'
import type { ReactNode } from 'react'
import { Link } from '../../web/components/link.tsx'
import { ConnectionWord } from './connection-word.tsx'
import type { Connection } from './feed-client.ts'

interface Props {
  /** Where this page lies: words and addresses, the farthest first. */
  trail: readonly (readonly [title: string, href: string])[]
  connection: Connection
  /** Ways from it to its neighbours. */
  beside?: ReactNode
  children: ReactNode
}

/** A page of the inspector below the live list: the way back, and what its line to the feed is doing. */
export function InspectorPage({ trail, connection, beside, children }: Props) {
  return (
    <div className="room">
      <div className="mb-5 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <nav aria-label="Way back">
          <ol className="flex flex-wrap items-center text-muted">
            {trail.map(([title, href]) => (
              <li key={href} className="after:mx-2 after:text-line after:content-['/'] last:after:content-none">
                <Link href={href} className="underline-offset-4 hover:text-ink hover:underline">
                  {title}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
        {beside}
        <span className="ml-auto">
          <ConnectionWord connection={connection} />
        </span>
      </div>
      {children}
    </div>
  )
}
