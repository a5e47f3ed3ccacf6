import { useDesktop } from '../../client/index.ts';
import { useTexts } from '../../ui/index.ts';
import { ChooseFirstFolder } from './choose-first-folder.tsx';
import styles from './first-run.module.css';

/** What an empty archive shows: what will be here, why, and the one act that fills it. */
export function FirstRun() {
  const { t } = useTexts('overview');
  const { kind } = useDesktop();
  return (
    <article className={styles.page}>
      <h1 className={styles.title} tabIndex={-1}>
        {t('first.title')}
      </h1>
      <p className={styles.why}>{t('first.why')}</p>
      <div className={styles.choose}>
        <ChooseFirstFolder />
      </div>
      {kind === 'electron' && <p className={styles.aside}>{t('first.drop')}</p>}
      <section className={styles.steps} aria-label={t('first.stepsTitle')}>
        <h2 className={styles.stepsTitle}>{t('first.stepsTitle')}</h2>
        <ol>
          <li>{t('first.step1')}</li>
          <li>{t('first.step2')}</li>
          <li>{t('first.step3')}</li>
        </ol>
      </section>
    </article>
  );
}
