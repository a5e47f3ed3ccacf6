import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAct, useDesktop } from '../../client/index.ts';
import { Button, Notice, PathText, ProblemNotice, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';

/** Writes the depositor's receipt, and says where it is. */
export function ReceiptButton({
  accession,
  accrual,
  isInTable = false,
}: {
  readonly accession: string;
  readonly accrual?: number;
  readonly isInTable?: boolean;
}): ReactNode {
  const { t } = useTexts('accessions');
  const desktop = useDesktop();
  const write = useAct('intake', 'receipt');
  return (
    <>
      <Button
        variant={isInTable ? 'quiet' : 'plain'}
        icon={FileText}
        isDisabled={write.isPending}
        onPress={() => {
          write.mutate({ accession, ...(accrual === undefined ? {} : { accrual }) });
        }}
      >
        {t('receipt.write')}
      </Button>
      {write.error !== null && (
        <div className={styles.told}>
          <ProblemNotice error={write.error} />
        </div>
      )}
      {write.data !== undefined && (
        <div className={styles.told}>
          <Notice title={t('receipt.written', { count: write.data.files })}>
            <p>{t('receipt.what')}</p>
            <ul className={styles.folders}>
              {write.data.written.map(({ path }) => (
                <li key={path.display}>
                  <PathText path={path} />
                  {desktop.kind === 'electron' && (
                    <Button
                      variant="quiet"
                      onPress={() => {
                        desktop.reveal(path).catch(() => undefined);
                      }}
                    >
                      {t('act.reveal')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
    </>
  );
}
