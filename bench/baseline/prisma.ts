import { PrismaPg } from '@prisma/adapter-pg'
import { type Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import { newId } from '../../src/bus/index.ts'
import { type Letter, POOL_SIZE } from '../contender.ts'

/** A plain Prisma client, on as many connections as a node has. */
export function plainPrisma(url: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: POOL_SIZE }) })
}

/** One plain insert. */
export async function insertPlainly(prisma: Prisma.TransactionClient, { name, email }: Letter): Promise<void> {
  await prisma.mailboxMessage.create({
    data: { id: newId(), channel: 'email', sender: 'waybill@example.com', recipient: email, text: `Dear ${name}` },
  })
}
