import { defineConfig } from 'vitest/config'

/** Polls end as soon as what they wait for is there: how long at most says nothing about how fast it is. */
const patient = (timeout: number) => ({ poll: { timeout, interval: 20 } })

const onPostgres = {
  globalSetup: ['src/server/database/testing-setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  expect: patient(15_000),
}

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['src/**/*.int.test.ts', 'src/**/*.chaos.test.ts'],
          expect: patient(4_000),
        },
      },
      {
        extends: true,
        test: {
          ...onPostgres,
          name: 'int',
          include: ['src/**/*.int.test.ts', 'src/**/*.chaos.test.ts'],
          provide: { thoroughness: 'short' },
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          ...onPostgres,
          name: 'chaos',
          include: ['src/**/*.chaos.test.ts'],
          provide: { thoroughness: 'full' },
          maxWorkers: 1,
        },
      },
    ],
  },
})
