'use client'
import { Dialog } from '@base-ui/react/dialog'
import { inOrder, KEY_MAP, type KeyMeaning, meaningsOf, type Screen } from '../../model/key-map.ts'
import { keyName } from '../../model/keys.ts'
import { useActiveScreens } from './use-shortcuts.ts'

interface Props {
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
}

/** Every key: first those of the screen one is on. */
export function ShortcutDialog({ isOpen, onOpenChange }: Props) {
  const here = useActiveScreens()
  const elsewhere = inOrder(Object.keys(KEY_MAP) as Screen[]).filter((each) => !here.includes(each))
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[80dvh] w-[min(640px,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-md border border-field bg-raised p-6 outline-none">
          <Dialog.Title className="text-lg font-semibold">Keys</Dialog.Title>
          <Dialog.Description className="mt-1 mb-5 text-sm text-muted">
            They rest while you type in a field.
          </Dialog.Description>
          <div className="grid gap-6">
            {here.map((screen) => (
              <Keys key={screen} screen={screen} meanings={unshadowed(screen, here)} />
            ))}
            {elsewhere.length > 0 && (
              <p className="-mb-3 border-t border-line pt-4 text-xs text-muted">On other pages</p>
            )}
            {elsewhere.map((screen) => (
              <Keys key={screen} screen={screen} meanings={meaningsOf(screen).map(([, each]) => each)} />
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** What a screen before it has taken means something else here. */
function unshadowed(screen: Screen, here: readonly Screen[]): KeyMeaning[] {
  const taken = new Set<string>(
    here.slice(0, here.indexOf(screen)).flatMap((each) => meaningsOf(each).flatMap(([, { keys }]) => keys)),
  )
  return meaningsOf(screen)
    .map(([, meaning]) => ({ ...meaning, keys: meaning.keys.filter((key) => !taken.has(key)) }))
    .filter(({ keys }) => keys.length > 0)
}

function Keys({ screen, meanings }: { screen: Screen; meanings: readonly KeyMeaning[] }) {
  const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <section aria-label={KEY_MAP[screen].title}>
      <h3 className="mb-1.5 text-sm font-semibold">{KEY_MAP[screen].title}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)]">
        {meanings.map(({ keys, says }) => (
          <div key={says} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="h-fit rounded border border-line bg-paper px-1.5 font-mono text-xs leading-5">
                  {keyName(key, isApple)}
                </kbd>
              ))}
            </dt>
            <dd className="text-muted">{says}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
