'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useDeferredValue } from 'react'
import { setTaste } from '../../../web/taste.ts'
import { setTheme } from '../../../web/theme.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { goTo, type Hit, lookupOf } from '../../model/lookup.ts'
import { type Command, fitting } from '../../model/palette.ts'
import { follow } from '../follow/followed-key.ts'
import { HIT_WORDS } from '../go/hit-words.ts'
import { PLACES } from '../places.ts'
import { OPEN_PLACE } from '../recording/recording-drop.tsx'
import { useOfferedActions } from './selected.ts'

const VIEWS = [
  ['Dead deliveries', 'state:dead'],
  ['Retrying deliveries', 'state:retrying'],
  ['Running deliveries', 'state:running'],
  ['Waiting for more than a minute', 'state:pending age:>1m'],
] as const

/** What the palette offers for what was typed: what it knows by name, and whatever the text may lead to. */
export function useCommands(typed: string): Command[] {
  const router = useRouter()
  const trpc = useTRPC()
  const text = useDeferredValue(typed.trim())
  const selected = useOfferedActions()
  const { data: hits = [] } = useQuery(
    trpc.inspector.go.queryOptions({ text }, { enabled: text.length > 1, staleTime: 5_000 }),
  )
  const open = (href: string) => () => router.push(href)
  const known: Command[] = [
    ...selected.map((each): Command => ({ group: 'Selected', ...each })),
    ...PLACES.map(({ name, href }): Command => ({ group: 'Pages', title: name, run: open(href) })),
    { group: 'Pages', title: 'Open a recording', words: 'busrec file import', run: open(OPEN_PLACE) },
    ...VIEWS.map(([title, filter]): Command => {
      const href = `/inspector/live?q=${encodeURIComponent(filter)}`
      return { group: 'Views', title, hint: filter, run: open(href) }
    }),
    ...SETTINGS,
  ]
  const found = goCommands(text, hits, open)
  // What is looked up comes late: below what is known by name it moves nothing, and an id is known to be none.
  return lookupOf(text)?.by === 'text' ? [...fitting(known, typed), ...found] : [...found, ...fitting(known, typed)]
}

function goCommands(text: string, hits: readonly Hit[], open: (href: string) => () => void): Command[] {
  if (text === '') return []
  const found = hits.map(
    ({ kind, title, detail, href }): Command => ({
      group: 'Go to',
      title,
      hint: `${HIT_WORDS[kind]} · ${detail}`,
      run: open(href),
    }),
  )
  const followable = hits
    .filter(({ kind }) => kind === 'person' || kind === 'key')
    .map(
      ({ kind, title, detail }): Command => ({
        group: 'Go to',
        title: `Follow this ${kind} on every page`,
        words: 'follow',
        hint: kind === 'person' ? detail : title,
        run: () => follow(kind === 'person' ? detail : title),
      }),
    )
  return [...found, ...followable, { group: 'Go to', title: `Look for “${text}”`, run: open(goTo(text)) }]
}

const SETTINGS: readonly Command[] = [
  { group: 'Settings', title: 'Light theme', words: 'bright day', run: () => setTheme('light') },
  { group: 'Settings', title: 'Dark theme', words: 'night', run: () => setTheme('dark') },
  { group: 'Settings', title: 'Times in my zone', words: 'local clock', run: () => setTaste({ zone: 'local' }) },
  { group: 'Settings', title: 'Times in UTC', words: 'zone clock', run: () => setTaste({ zone: 'utc' }) },
  {
    group: 'Settings',
    title: 'Times as how long ago',
    words: 'relative zone',
    run: () => setTaste({ zone: 'relative' }),
  },
  {
    group: 'Settings',
    title: 'Times since the row before',
    words: 'delta difference',
    run: () => setTaste({ rowTimes: 'delta' }),
  },
  {
    group: 'Settings',
    title: 'Times of their own',
    words: 'moment delta absolute',
    run: () => setTaste({ rowTimes: 'moment' }),
  },
  { group: 'Settings', title: 'Comfortable rows', words: 'density', run: () => setTaste({ density: 'comfortable' }) },
  { group: 'Settings', title: 'Compact rows', words: 'density dense', run: () => setTaste({ density: 'compact' }) },
]
