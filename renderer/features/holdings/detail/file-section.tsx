import type { ReactNode } from 'react';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import {
  Bytes,
  Digest,
  Duration,
  Facts,
  formatBytes,
  formatCount,
  SafeText,
  Term,
  Time,
  useTexts,
  type Texts,
} from '../../../ui/index.ts';
import css from './detail.module.css';
import integrityCss from './integrity.module.css';

type Content = NonNullable<Entity['object']>;

const KNOWN: ReadonlySet<string> = new Set([
  'container',
  'codec',
  'lossless',
  'durationMs',
  'sampleRate',
  'bitDepth',
  'channels',
  'bitRate',
]);

interface FileSectionProps {
  readonly entity: Entity;
  readonly object: Content;
}

/** What the file is: its format, how it sounds, and the digests that prove it. */
export function FileSection({ entity, object }: FileSectionProps): ReactNode {
  const { t } = useTexts('holdings');
  const { format, technical, digests, shortfalls } = object;
  return (
    <div className={css.stack}>
      <Facts
        rows={[
          { term: t('file.format'), value: <SafeText value={format.name} /> },
          ...(format.puid === '' ? [] : [{ term: t('file.puid'), value: <SafeText value={format.puid} /> }]),
          ...(format.mime === '' ? [] : [{ term: t('file.mime'), value: <SafeText value={format.mime} /> }]),
          { term: t('file.kind'), value: t(`kind.${object.kind}`) },
          { term: t('file.size'), value: <Bytes value={object.size} /> },
          ...Object.entries(technical).map(([key, value]) => ({
            term: KNOWN.has(key) ? t(`technical.${key}`) : <SafeText value={key} />,
            value: technicalValue(t, key, value),
          })),
          { term: t('file.recordedAt'), value: <Time at={object.recordedAt} /> },
        ]}
      />
      {shortfalls.length > 0 && (
        <div>
          <h3 className={css.subtitle}>{t('shortfall.title')}</h3>
          <ul className={integrityCss.problems}>
            {shortfalls.map(({ message }) => (
              <li key={message}>
                <SafeText value={message} maxLength={300} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <h3 className={css.subtitle}>
          <Term id="message-digest">{t('file.digests')}</Term>
        </h3>
        <ul className={css.digests}>
          {Object.entries(digests).map(([algorithm, value]) => (
            <li key={algorithm}>
              <Digest value={value} algorithm={algorithm} />
            </li>
          ))}
        </ul>
      </div>
      {entity.identifiers.length > 0 && (
        <div>
          <h3 className={css.subtitle}>{t('file.identifiers')}</h3>
          <Facts
            rows={entity.identifiers.map(({ scheme, value, source }) => ({
              term: <SafeText value={scheme} />,
              value: (
                <>
                  <SafeText value={value} /> <span className={css.muted}>{t('file.from', { source })}</span>
                </>
              ),
            }))}
          />
        </div>
      )}
    </div>
  );
}

function technicalValue(t: Texts, key: string, value: string | number | boolean): ReactNode {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'string') return <SafeText value={value} />;
  switch (key) {
    case 'durationMs':
      return <Duration ms={value} />;
    case 'sampleRate':
      return t('technical.hertz', { n: formatCount(value) });
    case 'bitDepth':
      return t('technical.bits', { n: value });
    case 'bitRate':
      return t('technical.perSecond', { size: formatBytes(value / 8) });
    default:
      return formatCount(value);
  }
}
