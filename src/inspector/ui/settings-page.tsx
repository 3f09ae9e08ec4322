'use client'
import { type ReactNode, useId, useSyncExternalStore } from 'react'
import { Moment } from '../../web/components/moment.tsx'
import { TextField } from '../../web/components/text-field.tsx'
import { setTaste, useTaste } from '../../web/taste.ts'
import { currentTheme, setTheme, type Theme, watchTheme } from '../../web/theme.ts'
import { isFrameLink } from '../model/stack-frames.ts'

/** How somebody likes to see the inspector. Kept in this browser; addresses stay the same for all. */
export function SettingsPage() {
  const taste = useTaste()
  const theme = useSyncExternalStore<Theme | null>(watchTheme, currentTheme, () => null)
  return (
    <div className="room">
      <h1 className="text-2xl font-semibold tracking-tight">Settings</h1>
      <p className="mt-1 mb-5 text-sm text-muted">They are yours, and kept in this browser.</p>
      <div className="grid max-w-xl gap-4">
        <Choice
          name="Theme"
          value={theme}
          options={[
            ['light', 'Light'],
            ['dark', 'Dark'],
          ]}
          onChoose={setTheme}
        />
        <Choice
          name="Times"
          value={taste.zone}
          options={[
            ['local', 'In my zone'],
            ['utc', 'In UTC'],
            ['relative', 'How long ago'],
          ]}
          onChoose={(zone) => setTaste({ zone })}
        >
          The exact instant is always a hover away. Like this: <Moment iso="2026-01-31T14:02:11.482Z" />
        </Choice>
        <Choice
          name="Times of rows"
          value={taste.rowTimes}
          options={[
            ['moment', 'When it was'],
            ['delta', 'How long after the row before'],
          ]}
          onChoose={(rowTimes) => setTaste({ rowTimes })}
        >
          In the live list, and in the table of a conversation.
        </Choice>
        <Choice
          name="Rows"
          value={taste.density}
          options={[
            ['comfortable', 'Comfortable'],
            ['compact', 'Compact'],
          ]}
          onChoose={(density) => setTaste({ density })}
        />
        <Choice
          name="Newest message"
          value={taste.newestAt}
          options={[
            ['top', 'At the top'],
            ['bottom', 'At the bottom'],
          ]}
          onChoose={(newestAt) => setTaste({ newestAt })}
        >
          In the live list.
        </Choice>
        <div className="border-t border-line pt-4">
          <TextField
            label="Where a frame of a stack leads"
            value={taste.frameLink}
            onChange={({ target }) => setTaste({ frameLink: target.value.trim() })}
            placeholder="vscode://file/home/me/waybill/{file}:{line}"
            hint="Your editor, or your repository: {file}, {line} and {column} are filled in. Empty for nowhere."
            error={
              isFrameLink(taste.frameLink)
                ? undefined
                : 'It begins with https:// or the name of an editor, as vscode://'
            }
            maxLength={300}
            spellCheck={false}
            autoComplete="off"
          />
        </div>
      </div>
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  name: string
  /** Null until the page runs. */
  value: Value | null
  options: readonly (readonly [value: Value, words: string])[]
  onChoose(value: Value): void
  children?: ReactNode
}

function Choice<Value extends string>({ name, value, options, onChoose, children }: ChoiceProps<Value>) {
  const group = useId()
  return (
    <fieldset className="border-t border-line pt-4">
      <legend className="float-left mb-1 w-full text-sm font-semibold">{name}</legend>
      <div className="clear-both flex flex-wrap gap-x-6 gap-y-1">
        {options.map(([each, words]) => (
          <label key={each} className="flex h-8 items-center gap-2 text-sm">
            <input type="radio" name={group} value={each} checked={each === value} onChange={() => onChoose(each)} />
            {words}
          </label>
        ))}
      </div>
      {children && <p className="mt-1 text-sm text-muted">{children}</p>}
    </fieldset>
  )
}
