'use client'
import { Moon, Sun } from 'lucide-react'

/** Runs before the first paint, so that no page flashes in the other theme. */
export const THEME_SCRIPT = `(()=>{let t=null;try{t=localStorage.getItem('theme')}catch{}
if(t!=='light'&&t!=='dark')t=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'
document.documentElement.dataset.theme=t})()`

export function ThemeToggle() {
  const toggle = () => {
    const { dataset } = document.documentElement
    dataset.theme = dataset.theme === 'dark' ? 'light' : 'dark'
    try {
      localStorage.setItem('theme', dataset.theme)
    } catch {
      // A browser that keeps nothing: the choice holds for this page.
    }
  }
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label="Switch between light and dark"
      className="inline-flex size-9 items-center justify-center rounded-md text-muted hover:bg-tint hover:text-ink"
    >
      <Sun size={17} aria-hidden="true" className="hidden [[data-theme=dark]_&]:block" />
      <Moon size={17} aria-hidden="true" className="block [[data-theme=dark]_&]:hidden" />
    </button>
  )
}
