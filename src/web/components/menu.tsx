'use client'
import { Menu as BaseMenu } from '@base-ui/react/menu'
import type { ReactElement } from 'react'

export interface MenuChoice {
  title: string
  run(): void
}

/** What can be done, behind one button: opened by pointer or key, walked by arrows, closed by Esc. */
export function Menu({ trigger, choices }: { trigger: ReactElement; choices: readonly MenuChoice[] }) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align="end" className="z-40">
          <BaseMenu.Popup className={MENU_LOOK}>
            {choices.map(({ title, run }) => (
              <BaseMenu.Item key={title} onClick={run} className={ITEM_LOOK}>
                {title}
              </BaseMenu.Item>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

export const MENU_LOOK =
  'min-w-44 rounded-md border border-field bg-raised p-1 text-sm shadow-[0_4px_16px_rgb(0_0_0/0.12)] outline-none'
export const ITEM_LOOK = 'cursor-pointer rounded px-2.5 py-1.5 outline-none select-none data-highlighted:bg-tint'
