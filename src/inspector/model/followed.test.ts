import { describe, expect, it } from 'vitest'
import { type Followed, followedNews, followedWords, lightsOf, withNews } from './followed.ts'

const followed: Followed = {
  key: 'order-8841',
  isPerson: false,
  messageIds: ['m1'],
  conversationIds: ['c1'],
  types: ['shop.order-placed'],
  processes: [{ process: 'shop.delivery', key: 'd7' }],
  handlers: { 'shop.charge': ['succeeded', 'dead'] },
  fingerprints: ['f1'],
  counts: { messages: 1, open: 0, dead: 1 },
  isCut: false,
}

describe('what is followed', () => {
  it('lights up what is about it, and nothing else', () => {
    const lights = lightsOf(followed)
    expect(lights.message({ messageId: 'm1' })).toBe(true)
    expect(lights.message({ messageId: 'm2', conversationId: 'c1' })).toBe(true)
    expect(lights.message({ messageId: 'm3', conversationId: 'c2', key: 'order-8841' })).toBe(true)
    expect(lights.message({ messageId: 'm3', conversationId: 'c2', key: 'order-1' })).toBe(false)
    expect([lights.type('shop.order-placed'), lights.type('shop.paid')]).toEqual([true, false])
    expect([lights.process('shop.delivery', 'd7'), lights.process('shop.delivery', 'd8')]).toEqual([true, false])
    expect(lights.process('shop.delivery', 'order-8841')).toBe(true)
    expect([lights.handler('shop.charge'), lights.handler('shop.mail')]).toEqual([true, false])
    expect([lights.failure('f1'), lights.failure('f2')]).toEqual([true, false])
  })

  it('is told whole to who knows nothing of it, and else only as far as its ids differ', () => {
    const now = { ...followed, version: '1', messageIds: ['m3', 'm2', 'm1'], conversationIds: ['c2', 'c1'] }
    const whole = followedNews(null, now)
    expect(whole.messageIds).toEqual({ added: ['m3', 'm2', 'm1'], gone: null })
    expect(withNews(null, whole)).toEqual(now)

    const later = { ...now, version: '2', messageIds: ['m4', 'm3', 'm2'], counts: { messages: 3, open: 1, dead: 0 } }
    const news = followedNews(now, later)
    expect(news.messageIds).toEqual({ added: ['m4'], gone: ['m1'] })
    expect(news.conversationIds).toEqual({ added: [], gone: [] })
    expect(withNews(now, news)).toEqual(later)
    expect(withNews(null, news)).toBeNull()
  })

  it('is told in a few words', () => {
    expect(followedWords(followed)).toBe('1 message, 1 dead')
    const calm = { ...followed, counts: { messages: 12, open: 0, dead: 0 } }
    expect(followedWords(calm)).toBe('12 messages, none in trouble')
    expect(followedWords({ ...followed, counts: { messages: 0, open: 0, dead: 0 } })).toBe('nothing yet')
  })

  it('is told as at least so much where not all of it was looked at', () => {
    const many = { ...followed, counts: { messages: 2_000, open: 3, dead: 1 }, isCut: true }
    expect(followedWords(many)).toBe('at least 2,000 messages, at least 1 dead, at least 3 open')
    const calm = { ...many, counts: { messages: 2_000, open: 0, dead: 0 } }
    expect(followedWords(calm)).toBe('at least 2,000 messages, none of the newest in trouble')
  })
})
