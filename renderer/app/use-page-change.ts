import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

/** A page's heading may come with its data; it is looked for this long, in ms. */
const LOOKED_FOR_MS = 5_000;

/**
 * After a navigation the page's heading has the focus, so that a reader who hears the screen is told where it went, and Tab goes on
 * from there. The heading's words are returned for the window's title.
 */
export function usePageChange(main: React.RefObject<HTMLElement | null>): string | undefined {
  // What is open beside a list is the same page: it stands in the search, or is a finding beside the others.
  const page = useLocation({
    select: ({ pathname }) =>
      pathname
        .replace(/^\/fixity\/find(ing)?-\d+$/, '/fixity')
        .replace(/^\/fixity\/aside-\d+$/, '/fixity/quarantine')
        // Its tabs are gone through by arrows, which the heading must not take the focus from.
        .replace(/^\/hand-outs\/.*$/, '/hand-outs'),
  });
  const [heading, setHeading] = useState<{ page: string; text: string }>();
  const isFirst = useRef(true);

  useEffect(() => {
    const place = main.current;
    if (place === null) return;
    // A first page is not announced by taking the focus: the skip link comes first.
    const mayFocus = !isFirst.current;
    isFirst.current = false;
    const before = document.activeElement;
    let focused: HTMLElement | undefined;
    const look = () => {
      const found = place.querySelector('h1');
      if (found === null) return;
      const text = found.textContent.trim();
      if (text !== '')
        setHeading((known) => (known?.page === page && known.text === text ? known : { page, text }));
      // Whoever has moved on meanwhile is left where they are.
      const here = document.activeElement;
      const moved = here !== before && here !== focused && here !== document.body;
      // A page that was waiting for its data may put another heading in the place of the first.
      const isReplaced = focused !== undefined && !focused.isConnected;
      if (!mayFocus || moved || (focused !== undefined && !isReplaced)) return;
      focused = found;
      found.tabIndex = -1;
      found.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(look);
    observer.observe(place, { childList: true, subtree: true, characterData: true });
    look();
    const timer = setTimeout(() => observer.disconnect(), LOOKED_FOR_MS);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [page, main]);

  return heading?.page === page ? heading.text : undefined;
}
