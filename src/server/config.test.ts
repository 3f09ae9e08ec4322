import path from 'node:path'
import { expect, test } from 'vitest'
import { LIMITS } from '../web/limits.ts'
import { readConfig } from './config.ts'
import { StartupError } from './startup-error.ts'

const SECRET = 'a-secret-of-more-than-32-characters'
const DATABASE_URL = 'postgresql://someone:hush@db.example:5432/waybill'

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError)
    return (error as StartupError).message
  }
  throw new Error('was accepted')
}

test('nothing set: the embedded database, faults allowed, only this machine', () => {
  expect(readConfig({})).toEqual({
    development: false,
    host: '127.0.0.1',
    port: 3000,
    appUrl: 'http://localhost:3000',
    databaseUrl: null,
    dataDir: path.resolve('.data'),
    appSecret: null,
    appSecretPrevious: null,
    smtpUrl: null,
    mailFrom: 'Waybill <waybill@localhost>',
    smsUrl: null,
    operatorEmails: [],
    role: 'all',
    logLevel: 'info',
    faults: true,
    metricsToken: null,
    trustedProxies: [],
    limits: LIMITS,
  })
})

test('an empty variable counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', FAULTS: '' })).toEqual(readConfig({}))
})

test('everything set', () => {
  const config = readConfig({
    PORT: '8080',
    HOST: '0.0.0.0',
    APP_URL: 'https://waybill.example/',
    DATABASE_URL,
    APP_SECRET: SECRET,
    SMTP_URL: 'smtps://mail.example',
    MAIL_FROM: 'Hello <hello@waybill.example>',
    SMS_URL: 'https://AC1:token@sms.example/2010-04-01?From=Waybill',
    OPERATOR_EMAILS: 'Ann@Example.com, bob@example.com,',
    ROLE: 'worker',
    LOG_LEVEL: 'debug',
    FAULTS: 'On',
    TRUST_PROXY: '127.0.0.1, 10.0.0.0/8',
    LIMITS: 'sign-up.address=100/1h',
    NODE_ENV: 'development',
  })
  expect(config).toMatchObject({ port: 8080, appUrl: 'https://waybill.example', role: 'worker', faults: true })
  expect(config.trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8'])
  expect(config.limits['sign-up.address']).toEqual({ times: 100, seconds: 3600 })
  expect(config.operatorEmails).toEqual(['ann@example.com', 'bob@example.com'])
  expect(config).toMatchObject({ databaseUrl: DATABASE_URL, appSecret: SECRET, development: true })
})

test('is frozen', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true)
})

test('faults are off in production with a database of its own, unless asked for', () => {
  const real = { DATABASE_URL, APP_SECRET: SECRET }
  expect(readConfig({ ...real, NODE_ENV: 'production' }).faults).toBe(false)
  expect(readConfig(real).faults).toBe(false)
  expect(readConfig({ ...real, NODE_ENV: 'development' }).faults).toBe(true)
  expect(readConfig({ NODE_ENV: 'production' }).faults).toBe(true)
  expect(readConfig({ FAULTS: 'off' }).faults).toBe(false)
  expect(readConfig({ DATABASE_URL, APP_SECRET: SECRET, FAULTS: '1' }).faults).toBe(true)
})

test.each([
  ['PORT', 'http'],
  ['PORT', '70000'],
  ['PORT', '0'],
  ['HOST', 'not an address'],
  ['APP_URL', 'waybill.example'],
  ['APP_URL', 'https://example.com/waybill'],
  ['MAIL_FROM', 'nobody'],
  ['OPERATOR_EMAILS', 'ann@example.com,bob'],
  ['ROLE', 'boss'],
  ['LOG_LEVEL', 'loud'],
  ['FAULTS', 'perhaps'],
  ['TRUST_PROXY', '10.0.0.0/8, proxy.example'],
  ['LIMITS', 'sign-up.address'],
])('names %s and its value %s when that does not fit', (name, value) => {
  const message = refusal({ [name]: value })
  expect(message).toContain(`${name} does not fit: "${value}"`)
  // Says what to give, in a sentence of ours: not the schema's own words.
  expect(message.split('\n')[1]).toMatch(new RegExp(`^${name}: (Give|The app) .+\\.$`))
})

test('never shows a value that may hold a secret', () => {
  const message = refusal({
    DATABASE_URL: 'mysql://root:hush@db/x',
    APP_SECRET: 'hush-short',
    SMTP_URL: 'hush',
    SMS_URL: 'ftp://hush',
  })
  expect(message).toMatch(/DATABASE_URL.*APP_SECRET.*SMTP_URL.*SMS_URL/)
  expect(message).not.toContain('hush')
})

test.each([
  ['smtp://mail.example:587', 'smtp://mail.example:587?requireTLS=true'],
  ['smtp://me:a%40b@mail.example?maxConnections=3', 'smtp://me:a%40b@mail.example?maxConnections=3&requireTLS=true'],
  ['smtp://mail.example?requireTLS=false', 'smtp://mail.example?requireTLS=false'],
  ['smtps://mail.example', 'smtps://mail.example'],
  ['smtp://127.0.0.1:25', 'smtp://127.0.0.1:25'],
])('mail by %s goes to another machine with TLS alone, unless it says otherwise', (SMTP_URL, smtpUrl) => {
  expect(readConfig({ SMTP_URL }).smtpUrl).toBe(smtpUrl)
})

test('what could be read on the way is refused, but on the machine itself', () => {
  const account = 'http://AC1:hush@sms.example/2010-04-01'
  const message = refusal({ SMTP_URL: 'smtps://mail.example?tls.rejectUnauthorized=false', SMS_URL: account })
  expect(message).toMatch(/SMTP_URL does not fit.*SMS_URL does not fit[\s\S]*NODE_EXTRA_CA_CERTS[\s\S]*https/)
  expect(message).not.toContain('hush')
  const here = {
    SMTP_URL: 'smtp://localhost:25?tls.rejectUnauthorized=false',
    SMS_URL: 'http://AC1:token@127.0.0.1:9/2010-04-01',
  }
  expect(readConfig(here)).toMatchObject({ smtpUrl: here.SMTP_URL, smsUrl: here.SMS_URL })
})

test('a database whose certificate cannot be read is refused, and it is said why', () => {
  const message = refusal({ DATABASE_URL: `${DATABASE_URL}?sslrootcert=/nowhere/ca.pem`, APP_SECRET: SECRET })
  expect(message).toMatch(/DATABASE_URL does not fit[\s\S]*no such file.*\/nowhere\/ca\.pem/)
})

test('a database without its name is refused', () => {
  expect(refusal({ DATABASE_URL: 'postgresql://someone@db.example', APP_SECRET: SECRET })).toContain(
    'name of the database',
  )
})

test('a shared database needs a shared secret', () => {
  expect(refusal({ DATABASE_URL })).toMatch(/APP_SECRET is not set[\s\S]*openssl rand/)
})

test.each(['us%zzer:x@db.example/waybill', 'me:100%@db.example/waybill', 'me:x@db.example/way%'])(
  'a percent sign that stands for nothing in %s is explained',
  (rest) => {
    expect(refusal({ DATABASE_URL: `postgresql://${rest}`, APP_SECRET: SECRET })).toContain('must be written as %25')
  },
)

test.each(['web', 'worker'])('a %s node alone has nobody to work with', (ROLE) => {
  expect(refusal({ ROLE })).toMatch(/DATABASE_URL is not set[\s\S]*shares a database/)
  expect(readConfig({ ROLE, DATABASE_URL, APP_SECRET: SECRET }).role).toBe(ROLE)
})
