import { use, type ComponentType, type ReactNode } from 'react';

export interface LazyPage<Props> {
  (props: Props): ReactNode;
  /** Fetches the page before it is shown: the router does so when a link to it is pointed at. */
  readonly preload: () => Promise<void>;
}

const failed = new Set<() => void>();

/** Lets every page that could not be fetched be asked for again when it is next shown. */
export function forgetFailedPages(): void {
  for (const forget of failed) forget();
  failed.clear();
}

/**
 * A page that comes when it is first opened. Unlike React's own `lazy` it can be asked again after a failure: the host may have
 * been away, and a page that could not be fetched once must not be lost until the window is closed.
 */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPage<Props> {
  let known: ComponentType<Props> | undefined;
  let loading: Promise<ComponentType<Props>> | undefined;
  const fetchOnce = () => {
    loading ??= load().then(
      (component) => (known = component),
      (error: unknown) => {
        // It stands until somebody asks again: a page that is drawn anew must meet the same failure, not another attempt.
        failed.add(() => {
          loading = undefined;
        });
        throw error;
      },
    );
    return loading;
  };
  function Page(props: Props): ReactNode {
    const Component = known ?? use(fetchOnce());
    return <Component {...props} />;
  }
  return Object.assign(Page, {
    preload: () =>
      fetchOnce().then(
        () => undefined,
        // Said when it is opened.
        () => undefined,
      ),
  });
}
