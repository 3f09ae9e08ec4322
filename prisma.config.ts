import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only the commands that reach a database need it; `prisma generate` does not.
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/waybill' },
})
