/** What moves messages: each part starts and stops. */
export { Dispatcher, type DispatcherEvent } from './dispatcher.ts'
