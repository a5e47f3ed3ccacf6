/** The preload script: sandboxed, in a world of its own. Two lines, so that all that a page can reach is seen here. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { makeBridge } from './bridge.ts';
import { handOverPorts } from './hand-over.ts';

const system = {
  platform: process.platform,
  pathForFile: (file: File) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('holdfast', makeBridge(ipcRenderer, system));
handOverPorts(window, ipcRenderer);
