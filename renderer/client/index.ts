/** The only door of the renderer to the host: transport, hooks, and what only a desktop can do. */
export { mediaUrl } from './desktop.ts';
export { useFolderChoice } from './folder-choice.tsx';
export { callErrorOf, type CallError } from './errors.ts';
export {
  ClientProvider,
  useAct,
  useCall,
  useClient,
  useConnection,
  useDesktop,
  usePreference,
  useReconnect,
  useStream,
} from './hooks.tsx';
export { useLeaveSearch, useLeftSearch, useLeftSearches, type LeftSearch } from './left-search.ts';
export { startRuntime } from './runtime.ts';
