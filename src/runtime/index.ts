/** What moves messages: each part starts and stops. */
export { Dispatcher, type DispatcherEvent, type DispatcherOptions } from './dispatcher.ts'
