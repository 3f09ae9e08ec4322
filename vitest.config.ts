import { defineConfig } from 'vitest/config'

const onPostgres = {
  globalSetup: ['src/server/database/testing-setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
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
