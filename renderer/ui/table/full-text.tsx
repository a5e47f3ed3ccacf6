import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import css from './data-table.module.css';
import { HEAD, ROW } from './sizes.ts';

/** As long as a pointer has to rest for a title, in ms: whoever runs through the rows is not followed by a note. */
const AFTER_MS = 400;
const LINES_HIGH = 80;

interface FullTextProps {
  readonly table: RefObject<HTMLDivElement | null>;
  /** The element id of the row in focus. */
  readonly row: string | undefined;
}

/** Paths and texts of the row in focus that are drawn shortened, written out below it for whoever has no pointer to hover with. */
export function FullText({ table, row }: FullTextProps): ReactNode {
  const [shown, setShown] = useState<{
    readonly row: string;
    readonly texts: string[];
    readonly top: number;
  }>();
  useEffect(() => {
    const { current: grid } = table;
    if (grid === null || row === undefined) return undefined;
    const look = (): void => {
      const element = document.getElementById(row);
      if (element === null || !grid.matches(':focus-visible')) return;
      const texts = shortened(element);
      const { offsetHeight } = grid;
      const below = element.getBoundingClientRect().top - grid.getBoundingClientRect().top + ROW;
      const top = below + LINES_HIGH > offsetHeight ? Math.max(HEAD, below - ROW - LINES_HIGH) : below;
      if (texts.length > 0) setShown({ row, texts, top });
    };
    const hide = (): void => setShown(undefined);
    const timer = setTimeout(look, AFTER_MS);
    grid.addEventListener('scroll', hide);
    grid.addEventListener('blur', hide);
    return () => {
      clearTimeout(timer);
      grid.removeEventListener('scroll', hide);
      grid.removeEventListener('blur', hide);
    };
  }, [table, row]);
  if (shown === undefined || shown.row !== row) return null;
  return (
    <div className={css.fullText} style={{ top: shown.top }} aria-hidden="true">
      {shown.texts.map((text) => (
        <bdi key={text}>{text}</bdi>
      ))}
    </div>
  );
}

/** Titles of what is cut by its width, or in its own middle. Times and sizes have titles too, and say something else with them. */
function shortened(row: HTMLElement): string[] {
  const titled = [...row.querySelectorAll<HTMLElement>('bdi[title], [title]:has(> bdi)')];
  const isCut = (element: Element): boolean => element.scrollWidth > element.clientWidth;
  return [
    ...new Set(
      titled
        .filter((each) => each.textContent !== each.title || isCut(each) || [...each.children].some(isCut))
        .map(({ title }) => title),
    ),
  ];
}
