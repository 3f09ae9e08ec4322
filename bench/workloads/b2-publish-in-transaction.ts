import { insertPlainly, plainPrisma } from '../baseline/prisma.ts'
import { letter } from '../contender.ts'
import type { Sample } from '../measure.ts'
import { startMeter } from '../meter.ts'
import { compare } from '../result.ts'
import { openWaybill } from '../waybill-node.ts'
import { type Bench, runSides, type Workload } from '../workload.ts'
import { publishAll } from './b1-publish.ts'

/** One transaction of the caller's. */
type Transact = (number: number) => Promise<void>

export const publishBesideInsert: Workload = {
  name: 'b2',
  title: "Publishes inside the caller's own Prisma transaction; beside it, a plain Prisma insert instead",
  run: async (bench) => {
    const samples = await runSides(bench, 'B2', {
      waybill: () => measure(bench, publishing),
      baseline: () => measure(bench, insertingTwice),
    })
    const note = `${transactionsOf(bench)} transactions of one insert and one publish; of two inserts`
    const rate = { workload: 'B2 publish in transaction', figure: 'rate', unit: 'transactions/s', note }
    return compare(samples.waybill, samples.baseline, { ...rate, target: { atLeast: 0.8 } })
  },
}

function transactionsOf({ isQuick }: Bench): number {
  return isQuick ? 1_000 : 8_000
}

interface Side {
  transact: Transact
  close(): Promise<void>
}

async function publishing(url: string): Promise<Side> {
  const node = await openWaybill(url, { fanOut: 1, handler: 'no-op', onHandled: () => {} })
  const transact: Transact = (number) =>
    node.publishBeside((prisma) => insertPlainly(prisma, letter(number)), letter(number))
  return { transact, close: () => node.close() }
}

async function insertingTwice(url: string): Promise<Side> {
  const prisma = plainPrisma(url)
  const transact: Transact = (number) =>
    prisma.$transaction(async (tx) => {
      await insertPlainly(tx, letter(number))
      await insertPlainly(tx, letter(number))
    })
  return { transact, close: () => prisma.$disconnect() }
}

async function measure(bench: Bench, open: (url: string) => Promise<Side>): Promise<Sample> {
  const database = await bench.server.createDatabase()
  const side = await open(database.url)
  try {
    const meter = await startMeter(bench.server)
    await publishAll(side.transact, transactionsOf(bench))
    return await meter.stop(transactionsOf(bench))
  } finally {
    await side.close()
    await database.drop()
  }
}
