import { unreadableReason } from '../bus/index.ts'
import type { Application } from '../server/compose.ts'
import { type Answer, table } from './answer.ts'

const BATCH = 500

/** Walks by id, so that however much waits only a batch of it is in memory. */
const WAITING = `
  SELECT d.id, d.subscription, d.state, m.name, m.version, m.body
  FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
  WHERE d.id > $1 AND d.state IN ('pending', 'running', 'retrying', 'dead')
  ORDER BY d.id LIMIT ${BATCH}`

interface Waiting {
  id: string
  subscription: string
  state: string
  name: string
  version: number
  body: unknown
}

type Problem = Omit<Waiting, 'body' | 'id'> & { deliveryId: string; problem: string }

/** Whether this build could read everything that waits or may be retried: run it before a deploy, with the new build. */
export async function checkContracts({ storage, registry, catalog, people }: Application): Promise<Answer> {
  const problems: Problem[] = []
  let checked = 0
  for (let after = '00000000-0000-0000-0000-000000000000', isMore = true; isMore; ) {
    const { rows } = await storage.pool.query<Waiting>(WAITING, [after])
    // Together: the keys that are not known are asked for at once.
    const opened = await Promise.all(rows.map((row) => people.open(row.body)))
    for (const [index, { body: _, id, ...row }] of rows.entries()) {
      const { value: body, isErased } = opened[index]!
      // What nobody can read any more is skipped when its turn comes.
      if (isErased) continue
      const problem = unreadableReason({ registry, catalog }, { ...row, body })
      if (problem !== null) problems.push({ deliveryId: id, ...row, problem })
    }
    checked += rows.length
    isMore = rows.length === BATCH
    after = rows.at(-1)?.id ?? after
  }
  const summary = `${checked} waiting or dead deliveries checked, ${problems.length} could not be read`
  const text = problems.length === 0 ? summary : `${table(problems, '')}\n\n${summary}`
  return { data: { checked, problems }, text, ok: problems.length === 0 }
}
