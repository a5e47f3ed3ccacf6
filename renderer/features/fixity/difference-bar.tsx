import { useId, type ReactNode } from 'react';
import { formatBytes, formatCount, formatLength, useTexts, type Texts } from '../../ui/index.ts';
import { marksOf, type Difference } from './difference.ts';
import styles from './detail.module.css';

const WIDE = 1000;

/** The file as a bar from its first byte to its last, with a mark where what was found is not what is expected. */
export function DifferenceBar({ difference }: { readonly difference: Difference }): ReactNode {
  const { t } = useTexts('fixity');
  const pattern = useId();
  const sentence = differenceWords(difference, t);
  return (
    <figure className={styles.difference}>
      <svg
        className={styles.barDrawn}
        viewBox={`0 0 ${WIDE} 16`}
        preserveAspectRatio="none"
        role="img"
        aria-label={sentence}
      >
        <defs>
          <pattern
            id={pattern}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line x1="0" y1="0" x2="0" y2="6" className={styles.hatch} />
          </pattern>
        </defs>
        <rect className={styles.whole} x="0" y="5" width={WIDE * thereOf(difference)} height="6" />
        {marksOf(difference).map(({ at, width, isLacking }) => (
          <rect
            key={`${String(isLacking)} ${at}`}
            className={isLacking ? styles.lacking : styles.mark}
            {...(isLacking ? { fill: `url(#${pattern})` } : {})}
            x={at * WIDE}
            y="0"
            width={width * WIDE}
            height="16"
          />
        ))}
      </svg>
      <div className={styles.ends} aria-hidden="true">
        <span>{t('difference.first')}</span>
        <span>{formatBytes(difference.length)}</span>
      </div>
      <figcaption className={styles.caption}>{sentence}</figcaption>
    </figure>
  );
}

/** The share of the length that is there: ink ends where the file does. */
function thereOf({ lacking, length }: Difference): number {
  return lacking === undefined ? 1 : lacking[0] / length;
}

function differenceWords({ ranges, lacking, timesMs, length }: Difference, t: Texts): string {
  const [first] = ranges;
  const sentences: string[] = [];
  if (first !== undefined) {
    const whole = ranges.length === 1 && first[0] === 0 && first[1] >= length;
    sentences.push(
      whole
        ? t('difference.whole')
        : t('difference.ranges', {
            count: ranges.length,
            shown: formatCount(ranges.length),
            from: formatCount(first[0]),
            to: formatCount(first[1]),
          }),
    );
  }
  if (lacking !== undefined)
    sentences.push(
      t('difference.lacking', { from: formatCount(lacking[0]), size: formatBytes(lacking[1] - lacking[0]) }),
    );
  if (timesMs.length > 0)
    sentences.push(
      t('difference.times', {
        count: timesMs.length,
        times: timesMs.slice(0, 5).map(formatLength).join(', '),
      }),
    );
  return sentences.join(' ');
}
