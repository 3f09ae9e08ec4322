/** Filters that somebody gives a name. */
import { z } from 'zod'
import { defineCommand } from '../bus/message.ts'
import { MAX_FILTER } from './model/filter/parse.ts'
import { MOST_ALERT_FROM, VIEW_ICONS } from './model/saved-view.ts'

export const viewRequest = z.object({
  name: z.string().trim().min(1, 'Please give it a name.').max(60),
  filter: z.string().trim().min(1).max(MAX_FILTER),
  icon: z.enum(VIEW_ICONS),
  /** The digit that opens it, for whoever saved it. */
  shortcut: z.int().min(1).max(9).nullable(),
  /** From how many messages on, within a quarter of an hour, it is an alert. */
  alertFrom: z.int().min(1).max(MOST_ALERT_FROM).nullable(),
  isShared: z.boolean(),
})

/** As it was before a view had a sign, a key and an alert. */
const first = viewRequest.pick({ name: true, filter: true, isShared: true }).extend({ actorId: z.uuid() })

export const SaveView = defineCommand('inspector.save-view', {
  description: 'Saves a view; one of the same name and owner is replaced.',
  version: 2,
  upcast: { 1: (old) => ({ ...first.parse(old), icon: 'bookmark' as const, shortcut: null, alertFrom: null }) },
  body: viewRequest.extend({ actorId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['done', 'too-many', 'too-many-alerts']) }),
})

export const RemoveView = defineCommand('inspector.remove-view', {
  description: `Removes a view of one's own.`,
  version: 1,
  body: z.object({ viewId: z.uuid(), actorId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['done', 'unknown']) }),
})
