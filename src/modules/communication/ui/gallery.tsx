import clsx from 'clsx'
import { Link } from '../../../web/components/link.tsx'
import { SEGMENTS, segmentLook } from '../../../web/components/segments.ts'
import { LETTERS, LOCALES, type Locale, TEXTS } from '../model/letters.ts'
import type { Sample } from '../router.ts'
import { LANGUAGES } from './languages.ts'
import { LetterFrame } from './letter-frame.tsx'

/** Which letter or text is looked at, and how; kept in the address. */
export interface GalleryView {
  kind: 'letter' | 'text'
  name: (typeof LETTERS)[number] | (typeof TEXTS)[number]
  locale: Locale
  scheme: 'light' | 'dark'
}

/** Reads a view from the words of an address; the first letter where they say nothing that there is. */
export function galleryView(words: Record<string, string | string[] | undefined>): GalleryView {
  const kind = words.kind === 'text' ? 'text' : 'letter'
  const names = kind === 'text' ? TEXTS : LETTERS
  return {
    kind,
    name: names.find((each) => each === words.name) ?? names[0],
    locale: LOCALES.find((each) => each === words.locale) ?? 'en',
    scheme: words.scheme === 'dark' ? 'dark' : 'light',
  }
}

const addressOf = ({ kind, name, locale, scheme }: GalleryView) =>
  `/mailbox/gallery?${new URLSearchParams({ kind, name, locale, scheme })}`

const LOCALE_WORDS = Object.fromEntries(LANGUAGES.map(({ value, text }) => [value, text])) as Record<Locale, string>
const SCHEME_WORDS = { light: 'Light', dark: 'Dark' }

/** Every letter and text there is, with made-up data, in each language and both forms. */
export function Gallery({ view, sample }: { view: GalleryView; sample: Sample }) {
  return (
    <div className="grid items-start gap-6 md:grid-cols-[13rem_minmax(0,1fr)]">
      <nav aria-label="Templates" className="grid gap-5 text-sm max-md:grid-cols-2">
        <Names title="Letters" kind="letter" names={LETTERS} view={view} />
        <Names title="Texts" kind="text" names={TEXTS} view={view} />
      </nav>
      <article aria-label={`${view.name}, ${LOCALE_WORDS[view.locale]}`} className="min-w-0">
        <div className="mb-4 flex flex-wrap gap-4">
          <Choices name="Language" view={view} field="locale" options={LOCALES} words={LOCALE_WORDS} />
          {sample.html !== null && (
            <Choices name="Room" view={view} field="scheme" options={['light', 'dark']} words={SCHEME_WORDS} />
          )}
        </div>
        {sample.subject !== null && <h2 className="mb-4 text-xl font-semibold">{sample.subject}</h2>}
        <div className="grid items-start gap-6 xl:grid-cols-2">
          {sample.html !== null && (
            <div className="overflow-hidden rounded-md border border-line">
              <LetterFrame key={view.scheme} title="As designed" html={sample.html} scheme={view.scheme} />
            </div>
          )}
          <section aria-label="As text">
            <pre
              lang={view.locale}
              className="rounded-md border border-line bg-raised p-5 font-mono text-sm [overflow-wrap:anywhere] whitespace-pre-wrap"
            >
              {sample.text}
            </pre>
          </section>
        </div>
        {view.kind === 'text' && <p className="mt-2 text-sm text-muted">{sample.text.length} characters</p>}
      </article>
    </div>
  )
}

interface NamesProps {
  title: string
  kind: GalleryView['kind']
  names: readonly GalleryView['name'][]
  view: GalleryView
}

function Names({ title, kind, names, view }: NamesProps) {
  return (
    <div>
      <h2 className="mb-1 font-semibold">{title}</h2>
      <ul>
        {names.map((name) => {
          const isHere = kind === view.kind && name === view.name
          return (
            <li key={name}>
              <Link
                href={addressOf({ ...view, kind, name })}
                aria-current={isHere ? 'page' : undefined}
                className={clsx(
                  'flex min-h-8 items-center border-l-2 pl-3',
                  isHere ? 'border-accent font-medium' : 'border-line text-muted hover:border-muted hover:text-ink',
                )}
              >
                {name}
              </Link>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

interface ChoicesProps<Field extends 'locale' | 'scheme'> {
  name: string
  view: GalleryView
  field: Field
  options: readonly GalleryView[Field][]
  words: Record<GalleryView[Field], string>
}

function Choices<Field extends 'locale' | 'scheme'>({ name, view, field, options, words }: ChoicesProps<Field>) {
  return (
    <div role="group" aria-label={name} className={SEGMENTS}>
      {options.map((option) => (
        <Link
          key={option}
          href={addressOf({ ...view, [field]: option })}
          aria-current={view[field] === option ? 'true' : undefined}
          className={segmentLook(view[field] === option, 'small')}
        >
          {words[option]}
        </Link>
      ))}
    </div>
  )
}
