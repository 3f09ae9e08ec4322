import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. 15 to 40 ms of one core. */
export const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(composed(password), PARAMETERS)
}

export function isPassword(password: string, passwordHash: string): Promise<boolean> {
  return verify(passwordHash, composed(password))
}

/** Whether it was made with other parameters than today's, and a new one is due. */
export function needsRehash(passwordHash: string): boolean {
  return !passwordHash.startsWith(TODAYS_HASHES)
}

const TODAYS_HASHES = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`

/** Keyboards differ in how they write an ä; the password is the same. */
function composed(password: string): string {
  return password.normalize('NFKC')
}

let decoy: Promise<string> | undefined

/** Takes as long as a real check, so that the time of an answer does not tell who has an account. */
export async function pretendToCheck(password: string): Promise<false> {
  decoy ??= hashPassword('nobody has this password')
  await isPassword(password, await decoy)
  return false
}
