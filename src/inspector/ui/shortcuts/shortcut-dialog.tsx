'use client'
import { Dialog } from '@base-ui/react/dialog'
import { keyName } from '../../model/keys.ts'
import { type ShortcutGroup, useShortcutGroups } from './use-shortcuts.ts'

interface Props {
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
}

export function ShortcutDialog({ isOpen, onOpenChange }: Props) {
  const groups = useShortcutGroups()
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[80dvh] w-[min(560px,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-md border border-line bg-raised p-6">
          <Dialog.Title className="text-lg font-semibold">Keys</Dialog.Title>
          <Dialog.Description className="mt-1 mb-5 text-sm text-muted">
            They rest while you type in a field.
          </Dialog.Description>
          <div className="grid gap-6">
            {groups.map((group) => (
              <Group key={group.title} group={group} />
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Group({ group: { title, shortcuts } }: { group: ShortcutGroup }) {
  const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <section>
      <h3 className="mb-1.5 text-sm font-semibold">{title}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)]">
        {shortcuts.map(({ keys, says }) => (
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
