import { defineConfig, devices } from '@playwright/test'
import { findChromium } from './e2e/chromium.ts'
import { FROM_ONE_ADDRESS } from './e2e/own-app.ts'
import { BASE_URL, DATA_DIR, PORT } from './e2e/place.ts'

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results/e2e',
  timeout: 45_000,
  expect: { timeout: 10_000 },
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: BASE_URL,
    // Of the machine's own, which may be one that browsers do not know.
    locale: 'en-US',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: await findChromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'operator', testMatch: 'operator.setup.ts' },
    { name: 'people', testMatch: '*.spec.ts', dependencies: ['operator'] },
  ],
  webServer: {
    command: 'node e2e/fresh-app.ts',
    url: `${BASE_URL}/api/health/ready`,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 25_000 },
    env: { PORT: String(PORT), DATA_DIR, LOG_LEVEL: 'warn', FAULTS: 'on', LIMITS: FROM_ONE_ADDRESS },
  },
})
