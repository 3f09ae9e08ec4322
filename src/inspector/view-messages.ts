/** Filters that somebody gives a name. */
import { z } from 'zod'
import { defineCommand } from '../bus/message.ts'
import { MAX_FILTER } from './model/filter/parse.ts'

/** Views that one person keeps at most. */
export const MOST_VIEWS = 50

export const viewRequest = z.object({
  name: z.string().trim().min(1, 'Please give it a name.').max(60),
  filter: z.string().trim().min(1).max(MAX_FILTER),
  isShared: z.boolean(),
})

/** Saves a view; one of the same name and owner is replaced. */
export const SaveView = defineCommand('inspector.save-view', {
  version: 1,
  body: viewRequest.extend({ actorId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['done', 'too-many']) }),
})

/** Removes a view of one's own. */
export const RemoveView = defineCommand('inspector.remove-view', {
  version: 1,
  body: z.object({ viewId: z.uuid(), actorId: z.uuid() }),
  reply: z.object({ outcome: z.enum(['done', 'unknown']) }),
})
