/** What docs/security.md says of how the code is, read out of the code. */
import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const sources = globSync('src/**/*.{ts,tsx}')
  .filter((file) => !/\.test\.tsx?$|[\\/]testing[\\/]/.test(file))
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: withoutComments(readFileSync(file, 'utf8')) }))

/** The files in which it stands. */
const where = (pattern: RegExp) =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file)
    .sort()

it('there is something to read', () => {
  expect(sources.length).toBeGreaterThan(400)
  expect(where(/from 'node:child_process'/)).toContain('src/server/database/postmaster.ts')
})

it('programs are started by the app with lists of arguments, without a shell', () => {
  const starting = where(/['"](?:node:)?child_process['"]/)
  const inApp = starting.filter((file) => !file.startsWith('src/tools/'))
  for (const file of inApp) expect(file).toMatch(/^src\/server\/database\//)
  expect(where(/\bshell\s*:/)).toEqual([])
  expect(where(/import \{[^}]*\b(?:exec|execSync)\b[^}]*\} from '(?:node:)?child_process'/)).toEqual([])
})

it('pages speak with their own workers only, not with other windows', () => {
  expect(where(/\b(?:window|parent|opener|top|contentWindow)\??\.postMessage\(/)).toEqual([])
  expect(where(/\b(?:window|globalThis)\.addEventListener\(\s*['"]message['"]/)).toEqual([])
  for (const file of where(/(?<!self)\.postMessage\(/)) expect(where(/new Worker\(|worker/i)).toContain(file)
  for (const file of where(/\bself\.(?:postMessage|addEventListener)\(/)) expect(file).toMatch(/-worker\.tsx?$/)
})

it('no page needs a plugin', () => {
  expect(where(/<(?:object|embed|applet)[\s>]/)).toEqual([])
})

it('no text is built from a format that somebody could write, and nothing is logged past the logger', () => {
  expect(where(/\bsprintf\b|util\.format|\{ format[ ,].*from 'node:util'/)).toEqual([])
  expect(where(/\bconsole\.\w+\(/)).toEqual([])
})

it('the only file that is asked for is a recording, which is read in the browser', () => {
  expect(where(/type="file"/)).toEqual(['src/inspector/ui/recording/open-page.tsx'])
})

it('every field for a password says which, for password managers, and none forbids to paste', () => {
  const fields = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/<TextField\b(?:(?!\/>)[\s\S])*?type="password"[\s\S]*?\/>/g)].map(([field]) => ({
      file,
      field,
    })),
  )
  expect(fields.length).toBeGreaterThan(3)
  for (const { file, field } of fields) expect(field, file).toMatch(/autoComplete="(?:current|new)-password"/)
  expect(sources.flatMap(({ text }) => text.match(/type="password"/g) ?? [])).toHaveLength(fields.length)
  // A pasted id becomes a filter there.
  expect(where(/onPaste=/)).toEqual(['src/inspector/ui/live/filter-field.tsx'])
})

it('what is not to be guessed is never made by Math.random', () => {
  // Only how long a retry waits.
  expect(where(/Math\.random/)).toEqual(['src/bus/back-off.ts', 'src/runtime/handling.ts'])
  expect(where(/pseudoRandomBytes/)).toEqual([])
})

it('only the provider of text messages is called by HTTP, and no picture or page of another address is fetched', () => {
  expect(where(/(?<![\w.])fetch\(|from 'undici'|\bhttps?\.(?:get|request)\(/)).toEqual([
    'src/modules/communication/sms-gateway.ts',
  ])
})

it('ciphers and hashes are the approved ones, by node:crypto', () => {
  const named = (pattern: RegExp) =>
    new Set(sources.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name)))
  expect(named(/create(?:C|Dec)ipheriv\('([^']+)'/g)).toEqual(new Set(['aes-256-gcm']))
  expect(named(/create(?:Hash|Hmac)\('([^']+)'/g)).toEqual(new Set(['sha256']))
  expect(named(/hkdf(?:Sync)?\('([^']+)'/g)).toEqual(new Set(['sha256']))
  // Where the name is no text, nobody knows which.
  expect(where(/create(?:Cipheriv|Decipheriv|Hash|Hmac)\((?!')/)).toEqual([])
})

it('types are strict', () => {
  const { compilerOptions } = jsonOf<{ compilerOptions: Record<string, unknown> }>('tsconfig.json')
  expect(compilerOptions).toMatchObject({ strict: true, noUncheckedIndexedAccess: true })
})

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

function jsonOf<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}
