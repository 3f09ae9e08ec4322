import { Link } from '../../../web/components/link.tsx'

/** A list of names and values, where those break wherever they must. */
export const FACTS =
  'grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 px-4 py-3 text-sm leading-5 [&_dd]:[overflow-wrap:anywhere] [&_dt]:text-muted'

/** From a value to where there is more of it. */
export function Way({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="text-accent underline underline-offset-4">
      {children}
    </Link>
  )
}
