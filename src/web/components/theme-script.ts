/** Runs before the first paint, so that no page flashes in the other theme. */
export const THEME_SCRIPT = `(()=>{let t=null;try{t=localStorage.getItem('theme')}catch{}
if(t!=='light'&&t!=='dark')t=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'
document.documentElement.dataset.theme=t})()`
