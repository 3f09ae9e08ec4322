'use client'
import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import { Link } from '../../web/components/link.tsx'
import { DeadLetterBadge } from './dead-letter-badge.tsx'
import { FollowStrip } from './follow/follow-strip.tsx'
import { OperationsUnderway } from './operations-underway.tsx'
import { Palette } from './palette/palette.tsx'
import { PLACES } from './places.ts'
import { RecordingDrop } from './recording/recording-drop.tsx'
import { LineDot } from './shell/line-dot.tsx'
import { ZoneSwitch } from './shell/zone-switch.tsx'
import { RowKeys } from './shortcuts/row-keys.tsx'
import { ShortcutSheet } from './shortcuts/shortcut-sheet.tsx'

/** The rooms of the inspector, and what is at hand in each of them. */
export function InspectorNav({ here }: { here?: (typeof PLACES)[number]['href'] }) {
  const current = useRef<HTMLAnchorElement>(null)
  // On a narrow screen the nav is longer than the screen: one must see where one is.
  useEffect(() => {
    const link = current.current
    const nav = link?.closest('nav')
    if (!link || !nav) return
    // Its count of dead letters comes later, and makes it longer.
    const size = new ResizeObserver(() => {
      nav.scrollLeft = link.offsetLeft - nav.offsetLeft - (nav.clientWidth - link.clientWidth) / 2
    })
    size.observe(nav.firstElementChild ?? nav)
    return () => size.disconnect()
  }, [])
  return (
    <>
      <div className="border-b border-line">
        <div className="mx-auto flex max-w-[104rem] items-center gap-4 px-4 sm:px-6">
          <nav aria-label="Inspector" className="scrolled-nav min-w-0 flex-1 overflow-x-auto">
            <ul className="flex w-max gap-4 pr-6 text-sm whitespace-nowrap">
              {PLACES.map(({ href, name }) => (
                <li key={href}>
                  <Link
                    href={href}
                    ref={href === here ? current : undefined}
                    aria-current={href === here ? 'page' : undefined}
                    className={clsx(
                      'flex h-10 items-center gap-1.5 border-b-2',
                      href === here ? 'border-ink font-medium' : 'border-transparent text-muted hover:text-ink',
                    )}
                  >
                    {name}
                    {href === '/inspector/dead-letters' && <DeadLetterBadge />}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <div className="flex shrink-0 items-center gap-3">
            <OperationsUnderway />
            <Palette />
            <LineDot />
            <span className="max-sm:hidden">
              <ZoneSwitch />
            </span>
            <ShortcutSheet />
            <RowKeys />
          </div>
        </div>
        <RecordingDrop />
      </div>
      <FollowStrip />
    </>
  )
}
