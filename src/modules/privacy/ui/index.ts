/** The browser door of privacy. */
export { DeleteAccount } from './delete-account.tsx'
export { Erasures } from './erasures.tsx'
export { OwnData } from './own-data.tsx'
