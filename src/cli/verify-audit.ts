import { verifyChain } from '../modules/audit/index.ts'
import type { Application } from '../server/compose.ts'
import type { Answer } from './answer.ts'

/** Whether the audit still is what it was, and the first entry that is not. */
export async function verifyAudit({ storage }: Application): Promise<Answer> {
  const report = await verifyChain(storage.pool)
  const { entries, hash, unchained, broken } = report
  if (broken) {
    const text = `Broken at link ${broken.position}, entry ${broken.entryId}: ${broken.problem}. The ${entries} before it hold.`
    return { data: report, text, ok: false }
  }
  const waiting = unchained === 0 ? '' : ` ${unchained} are not chained yet: the leader does it within seconds.`
  return {
    data: report,
    text: `${entries} entries hold.${waiting}\nThe newest hash is ${hash ?? 'not there yet'}: note it where nobody can change it.`,
    ok: true,
  }
}
