import { Fragment, type ReactNode } from 'react';
import { Term } from './term.tsx';

export interface MarkedTextProps {
  /** `[[…]]` marks what is linked, `((…|term))` a word that can be opened, so that a translation may put them anywhere. */
  readonly text: string;
  /** Without it what is marked as a link is plain text. */
  readonly link?: ((marked: string) => ReactNode) | undefined;
}

/** A sentence of which one part is a link, and a word of the field another. */
export function MarkedText({ text, link }: MarkedTextProps): ReactNode {
  return text
    .split(/(\[\[.*?\]\]|\(\(.*?\)\))/)
    .map((part, at) => <Fragment key={at}>{drawn(part, link)}</Fragment>);
}

function drawn(part: string, link: MarkedTextProps['link']): ReactNode {
  if (part.startsWith('[[')) return link === undefined ? part.slice(2, -2) : link(part.slice(2, -2));
  if (!part.startsWith('((')) return part;
  const [word = '', term = ''] = part.slice(2, -2).split('|');
  return <Term id={term}>{word}</Term>;
}
