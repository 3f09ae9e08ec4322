import { expect, it } from 'vitest'
import type { Followed } from '../model/followed.ts'
import { followedSince } from './followed-versions.ts'

const followed = (key: string, messageIds: string[]): Followed => ({
  key,
  isPerson: false,
  messageIds,
  conversationIds: ['c1'],
  types: [],
  processes: [],
  handlers: {},
  fingerprints: [],
  counts: { messages: messageIds.length, open: 0, dead: 0 },
  isCut: false,
})

it('whoever follows a key is told all of it once, nothing while it rests, and then what came', async () => {
  let ids = ['m2', 'm1']
  const ask = followedSince(async (key) => followed(key, ids))
  const first = (await ask({ key: 'k', since: null }))!
  expect(first.messageIds).toEqual({ added: ['m2', 'm1'], gone: null })
  expect(await ask({ key: 'k', since: first.version })).toBeNull()
  ids = ['m3', ...ids]
  const second = (await ask({ key: 'k', since: first.version }))!
  expect(second.messageIds).toEqual({ added: ['m3'], gone: [] })
  // Another, who comes now.
  expect((await ask({ key: 'k', since: null }))!.messageIds.gone).toBeNull()
  expect(await ask({ key: 'k', since: second.version })).toBeNull()
})

it('whoever knows what this node has forgotten, or another told, is told everything', async () => {
  const ask = followedSince(async (key) => followed(key, [key]))
  const { version } = (await ask({ key: 'k', since: null }))!
  for (let other = 0; other < 50; other += 1) await ask({ key: `other ${other}`, since: null })
  expect((await ask({ key: 'k2', since: version }))!.messageIds).toEqual({ added: ['k2'], gone: null })
  expect((await ask({ key: 'k2', since: 'from elsewhere' }))!.messageIds.gone).toBeNull()
})
