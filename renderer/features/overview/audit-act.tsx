import { useNavigate } from '@tanstack/react-router';
import { ScanSearch } from 'lucide-react';
import { useAct } from '../../client/index.ts';
import { Button, ProblemNotice, useTexts } from '../../ui/index.ts';
import styles from './overview.module.css';

interface AuditActProps {
  readonly isReadOnly: boolean;
  readonly variant?: 'primary' | 'plain';
}

/** Begins an audit of every location and opens its job. */
export function AuditAct({ isReadOnly, variant = 'plain' }: AuditActProps) {
  const { t } = useTexts('overview');
  const navigate = useNavigate();
  const audit = useAct('fixity', 'audit', {
    onSuccess: ({ id }) => {
      navigate({ to: '/jobs/$id', params: { id } }).catch(() => undefined);
    },
  });
  if (isReadOnly) return <p className={styles.why}>{t('audit.readOnly')}</p>;
  return (
    <>
      <Button
        variant={variant}
        icon={ScanSearch}
        isDisabled={audit.isPending}
        onPress={() => {
          audit.mutate({});
        }}
      >
        {t('audit.act')}
      </Button>
      {audit.error !== null && <ProblemNotice error={audit.error} />}
    </>
  );
}
