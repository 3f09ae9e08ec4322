import type { Tx } from '../../bus/index.ts'

/** Adds one to the day of each sign-up, in one statement and in the order of days, however many nodes count at once. */
export async function countSignUps(tx: Tx, times: readonly Date[]): Promise<void> {
  await tx.query(
    `INSERT INTO sign_up_counts (day, sign_ups)
     SELECT (time AT TIME ZONE 'UTC')::date AS day, count(*) FROM unnest($1::timestamptz[]) AS signed_up (time)
     GROUP BY day ORDER BY day
     ON CONFLICT (day) DO UPDATE SET sign_ups = sign_up_counts.sign_ups + excluded.sign_ups`,
    [times],
  )
}

export async function countConfirmation(tx: Tx, time: Date): Promise<void> {
  await tx.query(
    `INSERT INTO sign_up_counts (day, confirmed) VALUES (($1::timestamptz AT TIME ZONE 'UTC')::date, 1)
     ON CONFLICT (day) DO UPDATE SET confirmed = sign_up_counts.confirmed + 1`,
    [time],
  )
}
