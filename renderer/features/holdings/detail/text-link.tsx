import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SafeText } from '../../../ui/index.ts';

const MOST = 160;

interface TextLinkProps {
  readonly id: string;
  readonly text: string;
  /** Opens it where it is looked at, in a pane; a new window still gets its page. */
  readonly onOpen: (id: string) => void;
}

export function TextLink({ id, text, onOpen }: TextLinkProps): ReactNode {
  return (
    <Link
      to="/holdings/$id"
      params={{ id }}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen(id);
      }}
    >
      <SafeText value={text === '' ? id : text.slice(0, MOST)} />
    </Link>
  );
}
