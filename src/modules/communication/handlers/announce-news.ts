import { handle, type Subscription } from '../../../bus/index.ts'
import { AnnounceNews, TellPerson } from '../messages.ts'
import { listConsenting } from '../store.ts'
import { withNulls } from './tell-person.ts'

/** So many in one transaction; then it sends itself on. */
const AT_ONCE = 200

/** Tells those who have agreed to news, one after the other. For each of them the rules decide again. */
export const announceNews: Subscription = handle(AnnounceNews, {}, async function announceNews(news, { tx, send }) {
  const people = await listConsenting(tx, 'news', news.after ?? null, AT_ONCE)
  for (const { userId, locale } of people) {
    const { headline, text } = (locale === 'de' && news.de) || news.en
    send(TellPerson, withNulls({ userId, kind: 'news', details: { headline, text } }))
  }
  const last = people.at(-1)
  if (last && people.length === AT_ONCE) send(AnnounceNews, { ...news, after: last.userId })
  return { told: people.length }
})
