import { checkContracts } from '../bus/index.ts'
import type { Application } from '../server/compose.ts'
import { type Answer, table } from './answer.ts'

/** Whether this build could read everything that waits or may be retried: run it before a deploy, with the new build. */
export async function reportContracts({ storage, registry, catalog, people }: Application): Promise<Answer> {
  const check = await checkContracts({ registry, catalog, people, deliveries: storage.deliveries })
  const { checked, problems } = check
  const summary = `${checked} waiting or dead deliveries checked, ${problems.length} could not be read`
  const text = problems.length === 0 ? summary : `${table(problems, '')}\n\n${summary}`
  return { data: check, text, ok: problems.length === 0 }
}
