/**
 * The end of the audit's chain, kept beside it: how many links there are and the hash of the newest, under an HMAC with a
 * key from APP_SECRET. It moves with the links, in one transaction, and only where the chain still has the link that it names.
 */
import type { Pool, PoolClient } from 'pg'
import type { Sealer } from '../../bus/index.ts'

export interface Head {
  position: string
  hash: string
}

export interface SealedHead extends Head {
  seal: string
}

/** The sealed end, and the hash of the link at that place, if there is one still. */
interface FoundHead extends SealedHead {
  found: string | null
}

export function headOf(sealer: Sealer, head: Head): SealedHead {
  return { ...head, seal: sealsOf(sealer, head)[0]! }
}

/** With the present secret, and with the previous one. */
function sealsOf(sealer: Sealer, { position, hash }: Head): string[] {
  return sealer.hashes(`end of the audit: ${position} ${hash}`)
}

const READ = `
  SELECT h.position, h.hash, h.seal, CASE h.position WHEN 0 THEN '' ELSE c.hash END AS found
  FROM audit_chain_head AS h LEFT JOIN audit_chain AS c ON c.position = h.position`

export async function readHead(connection: Pool | PoolClient): Promise<FoundHead | null> {
  const { rows } = await connection.query<FoundHead>(READ)
  return rows[0] ?? null
}

export async function writeHead(connection: Pool | PoolClient, { position, hash, seal }: SealedHead): Promise<void> {
  await connection.query(
    `INSERT INTO audit_chain_head (position, hash, seal) VALUES ($1, $2, $3)
     ON CONFLICT (is_only_row) DO UPDATE SET position = excluded.position, hash = excluded.hash, seal = excluded.seal`,
    [position, hash, seal],
  )
}

/**
 * What is wrong with a chain that has `newest` as its last link; null where the sealed link is in it. What comes after that
 * one was added by a node that has no such secret.
 */
export function problemOfEnd(sealer: Sealer, sealed: FoundHead | null, newest: Head): string | null {
  // Where nothing was ever linked there is nothing to seal.
  if (!sealed)
    return newest.position === '0' ? null : 'nothing says how far it reached, and its end may have been cut off'
  if (!sealsOf(sealer, sealed).includes(sealed.seal)) return 'how far it reached was not sealed with this APP_SECRET'
  if (sealed.found === sealed.hash) return null
  return sealed.found === null
    ? `its end was cut off: it reached to link ${sealed.position}`
    : `link ${sealed.position} is another one than was sealed`
}
