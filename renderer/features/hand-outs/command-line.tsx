import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, copyText, SafeText, useTexts, useToast } from '../../ui/index.ts';
import styles from './hand-outs.module.css';

/** What somebody types into a terminal, to be copied: one command a line. */
export function CommandLine({ command }: { readonly command: string }): ReactNode {
  const { t } = useTexts('hand-outs');
  const { tell } = useToast();
  return (
    <div className={styles.commandLine}>
      <code className={styles.command}>
        <SafeText value={command} isMultiline />
      </code>
      <Button
        icon={Copy}
        onPress={() => {
          if (copyText(command)) tell(t('written.commandCopied'));
        }}
      >
        {t('written.copyCommand')}
      </Button>
    </div>
  );
}
