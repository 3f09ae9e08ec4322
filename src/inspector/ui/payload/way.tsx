import { Link } from '../../../web/components/link.tsx'

/** From a value to where there is more of it. */
export function Way({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="text-accent underline underline-offset-4">
      {children}
    </Link>
  )
}
