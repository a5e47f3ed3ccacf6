import { useCall, useDesktop } from '../../client/index.ts';
import {
  Button,
  Facts,
  formatDateTime,
  PathText,
  ProblemNotice,
  SafeText,
  Section,
  Skeleton,
  useTexts,
} from '../../ui/index.ts';
import styles from './settings.module.css';

export function AboutSection() {
  const { t } = useTexts('settings');
  const desktop = useDesktop();
  const info = useCall('archive', 'info');
  const data = info.data;
  return (
    <>
      <Section title={t('about.archive')}>
        {info.error !== null && (
          <ProblemNotice
            error={info.error}
            onRetry={() => {
              info.refetch().catch(() => undefined);
            }}
          />
        )}
        {data === undefined && info.error === null && <Skeleton lines={5} />}
        {data !== undefined && (
          <>
            <Facts
              rows={[
                { term: t('about.name'), value: <SafeText value={data.name} /> },
                { term: t('about.path'), value: <PathText path={data.path} /> },
                { term: t('about.id'), value: <code className={styles.mono}>{data.id}</code> },
                { term: t('about.schema'), value: data.schemaVersion },
                { term: t('about.created'), value: formatDateTime(data.createdAt) },
                { term: t('about.access'), value: t(data.readOnly ? 'about.readOnly' : 'about.writable') },
              ]}
            />
            {desktop.kind === 'electron' && (
              <Button
                onPress={() => {
                  desktop.reveal(data.path).catch(() => undefined);
                }}
              >
                {t('about.reveal')}
              </Button>
            )}
          </>
        )}
      </Section>
      {!info.isPending && (
        <Section title={t('about.program')}>
          <p className={styles.prose}>{t('about.what')}</p>
          <p className={styles.prose}>{t('about.licences')}</p>
        </Section>
      )}
    </>
  );
}
