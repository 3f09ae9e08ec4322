import type { Tx } from '../../bus/index.ts'

/** Adds one to a day's count, however many nodes count at once. */
export async function countUp(tx: Tx, day: Date, what: 'sign_ups' | 'confirmed'): Promise<void> {
  const [signUps, confirmed] = what === 'sign_ups' ? [1, 0] : [0, 1]
  await tx.query(
    `INSERT INTO sign_up_counts (day, sign_ups, confirmed) VALUES (($1::timestamptz AT TIME ZONE 'UTC')::date, $2, $3)
     ON CONFLICT (day) DO UPDATE
     SET sign_ups = sign_up_counts.sign_ups + excluded.sign_ups, confirmed = sign_up_counts.confirmed + excluded.confirmed`,
    [day, signUps, confirmed],
  )
}
