import { acceptEnd, verifyChain } from '../modules/audit/index.ts'
import type { Application } from '../server/compose.ts'
import type { Answer } from './answer.ts'

/**
 * Whether the audit still is what it was, and the first entry that is not.
 *
 * @param accept seals the end that there is, where what was sealed before is gone for a known reason
 */
export async function verifyAudit({ storage: { pool }, sealer }: Application, accept: boolean): Promise<Answer> {
  const report = await (accept ? acceptEnd : verifyChain)({ pool, sealer })
  const { entries, hash, unchained, broken, endProblem } = report
  if (broken) {
    const text = `Broken at link ${broken.position}, entry ${broken.entryId}: ${broken.problem}. The ${entries} before it hold.`
    return { data: report, text, ok: false }
  }
  const newest = `The newest hash is ${hash ?? 'not there yet'}: note it where nobody can change it.`
  if (endProblem !== null) {
    const advice =
      'Compare it with hashes you have noted. If you know why this is so, seal it as it is: verify-audit --accept.'
    return { data: report, text: `${entries} entries hold, but ${endProblem}.\n${newest}\n${advice}`, ok: false }
  }
  const waiting = unchained === 0 ? '' : ` ${unchained} are not chained yet: the leader does it within seconds.`
  const sealed = accept ? ' Its end is sealed as it is.' : ''
  return { data: report, text: `${entries} entries hold.${sealed}${waiting}\n${newest}`, ok: true }
}
