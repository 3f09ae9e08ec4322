/** Runs before the first paint, so that no page flashes in the other theme, or moves to the other density. */
export const THEME_SCRIPT = `(()=>{let t=null,d=null;try{t=localStorage.getItem('theme');d=localStorage.getItem('density')}catch{}
if(t!=='light'&&t!=='dark')t=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'
let s=document.documentElement.dataset;s.theme=t;s.density=d==='compact'?d:'comfortable'})()`
