// How the app is packaged: `npm run package` (add `-- --dir` for the folder alone). Made and looked at on Linux; what
// stands here for macOS and Windows has never been run there (unverified).

/** Verified by Electron on macOS and Windows only: on Linux the fuse would promise what nobody keeps. */
const checksAsar = process.platform !== 'linux';

export default {
  appId: 'org.holdfast.Holdfast',
  productName: 'Holdfast',
  copyright: 'MIT License',
  directories: { output: 'release', buildResources: 'build' },
  // Everything is bundled into dist but the native module. The command line needs a Node of its own and is not packaged.
  files: [
    'dist/**/*',
    '!dist/main.mjs',
    '!dist/holdfast.mjs',
    'build/icons/512x512.png',
    'build/icons/tray*.png',
    'package.json',
    'LICENSE',
    '!**/*.map',
    '!node_modules/**/*',
    'node_modules/better-sqlite3/package.json',
    'node_modules/better-sqlite3/lib/**/*',
    'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
  ],
  asar: true,
  // What the host's process runs: threads are started from files, and a native module is loaded from one.
  asarUnpack: ['dist/*.mjs', 'dist/chunks/**', 'node_modules/better-sqlite3/**', 'package.json'],
  // better-sqlite3 is a single N-API file: it fits Electron as it comes.
  npmRebuild: false,
  nodeGypRebuild: false,
  electronLanguages: ['en-US', 'en-GB'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: checksAsar,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  fileAssociations: [
    {
      ext: 'holdfast',
      name: 'Holdfast archive',
      description: 'Holdfast archive',
      mimeType: 'application/vnd.holdfast.archive',
      role: 'Editor',
      isPackage: true,
    },
  ],
  protocols: [{ name: 'Holdfast', schemes: ['holdfast'] }],
  publish: null,
  linux: {
    target: ['AppImage', 'deb', 'tar.gz'],
    category: 'AudioVideo',
    icon: 'build/icons',
    executableName: 'holdfast',
    synopsis: 'The archive manager for people who keep recorded sound',
    maintainer: 'Holdfast <holdfast@localhost>',
    mimeTypes: ['x-scheme-handler/holdfast'],
  },
  deb: { depends: ['libgtk-3-0', 'libnss3', 'libasound2 | libasound2t64', 'libgbm1', 'xdg-utils'] },
  // Unverified.
  mac: { target: ['dmg', 'zip'], icon: 'build/icons/1024x1024.png', category: 'public.app-category.music' },
  // Unverified.
  win: { target: ['nsis', 'zip'], icon: 'build/icons/256x256.png' },
};
