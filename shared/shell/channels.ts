/** What the preload script and the Electron shell say to each other. Each side checks what it is given. */
export const CHANNELS = {
  /** Carries a MessagePort, which goes on to the host. */
  connect: 'holdfast:connect',
  chooseFolder: 'holdfast:choose-folder',
  reveal: 'holdfast:reveal',
  notify: 'holdfast:notify',
  progress: 'holdfast:progress',
  openArchive: 'holdfast:open-archive',
  /** From the shell to the page. */
  navigate: 'holdfast:navigate',
} as const;
