import { Link } from '@tanstack/react-router';
import { Copy } from 'lucide-react';
import type { LogVerification } from '../../../shared/contract/events.ts';
import { useCall } from '../../client/index.ts';
import {
  Button,
  copyText,
  Digest,
  Facts,
  formatCount,
  Notice,
  Section,
  SafeText,
  Skeleton,
  Term,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import { faultKey, headNote } from './head-note.ts';
import styles from './log.module.css';

/** What a verification of the log came to. */
export function VerificationNotice({ result }: { readonly result: LogVerification }) {
  const { t } = useTexts('log');
  const { firstBad } = result;
  const counted = { count: result.events, shown: formatCount(result.events) };
  if (result.ok || firstBad === undefined) {
    return (
      <Notice title={t('verify.holds', counted)}>
        <p>{t('verify.how')}</p>
        <p>
          <Digest value={result.head} algorithm={t('digest')} />
        </p>
      </Notice>
    );
  }
  const key = faultKey(firstBad.reason);
  return (
    <Notice tone="finding" title={t('verify.broken', { seq: formatCount(firstBad.seq) })}>
      <p>{key === undefined ? <SafeText value={firstBad.reason} /> : t(`fault.${key}`)}</p>
      <p>{t('verify.before', counted)}</p>
      <p>{t('verify.whatNow')}</p>
      <p>
        <Link to="/log/$id" params={{ id: `event-${firstBad.seq}` }}>
          {t('verify.show', { seq: formatCount(firstBad.seq) })}
        </Link>
      </p>
    </Notice>
  );
}

/** The head of the chain, and why somebody else should have it. */
export function HeadSection() {
  const { t } = useTexts('log');
  const { tell } = useToast();
  const status = useCall('archive', 'status');
  const data = status.data;
  return (
    <Section title={t('head.title')} description={t('head.why')}>
      {data === undefined ? (
        <Skeleton lines={2} />
      ) : (
        <div className={styles.head}>
          <Facts
            rows={[
              {
                term: <Term id="log-head">{t('head.head')}</Term>,
                value: <Digest value={data.log.head} algorithm={t('digest')} />,
              },
              {
                term: t('head.events'),
                value: t('head.count', { count: data.log.events, shown: formatCount(data.log.events) }),
              },
            ]}
          />
          <Button
            icon={Copy}
            onPress={() => {
              const note = headNote({
                archive: data.archive,
                events: data.log.events,
                head: data.log.head,
                at: new Date().toISOString(),
              });
              tell(t(copyText(note) ? 'head.copied' : 'head.notCopied'));
            }}
          >
            {t('head.copy')}
          </Button>
        </div>
      )}
    </Section>
  );
}
