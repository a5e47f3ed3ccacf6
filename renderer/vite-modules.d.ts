// What vite makes of imports that are no scripts; only the forms that are used here.

declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  // The bundler's own form of a style sheet's module.
  export default classes;
}

declare module '*.css';

// Fonts come as packages whose entry is a style sheet.
declare module '@fontsource-variable/*';

interface ImportMeta {
  glob<Module>(
    pattern: string,
    options: { readonly eager: true; readonly import?: string },
  ): Record<string, Module>;
  glob<Module>(
    pattern: string,
    options?: { readonly import?: string },
  ): Record<string, () => Promise<Module>>;
}
