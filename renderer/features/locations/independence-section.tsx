import { Link } from '@tanstack/react-router';
import type { Location } from '../../../shared/contract/locations.ts';
import { formatCount, SafeText, Section, Term, useTexts } from '../../ui/index.ts';
import { devicesOf, independenceOf } from './independence.ts';
import styles from './locations.module.css';
import { useSharedFates } from './shared-fate.tsx';

/** Which places would be lost together. */
export function IndependenceSection({ locations }: { readonly locations: readonly Location[] }) {
  const { t } = useTexts('locations');
  const devices = devicesOf(useSharedFates(), locations);
  const { groups, unknown } = independenceOf(locations);
  return (
    <Section title={t('independence.title')} description={t('independence.description')}>
      <p>
        {t('independence.groups', { count: groups.length, shown: formatCount(groups.length) })}{' '}
        {unknown.length > 0 &&
          t('independence.unknown', { count: unknown.length, shown: formatCount(unknown.length) })}
      </p>
      <table className={styles.groups}>
        <thead>
          <tr>
            <th scope="col">
              <Term id="failure-group">{t('independence.group')}</Term>
            </th>
            <th scope="col">{t('independence.locations')}</th>
            <th scope="col">{t('independence.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {devices.map((company) => (
            <tr key={company.map(({ id }) => id).join(' ')}>
              <th scope="row">{t('independence.device')}</th>
              <td>
                <Names locations={company} />
              </td>
              <td>{t('independence.deviceMeaning')}</td>
            </tr>
          ))}
          {groups.map((group) => (
            <tr key={group.name}>
              <th scope="row">
                <SafeText value={group.name} />
              </th>
              <td>
                <Names locations={group.locations} />
              </td>
              <td>{t('independence.together', { count: group.locations.length })}</td>
            </tr>
          ))}
          {unknown.length > 0 && (
            <tr>
              <th scope="row" className={styles.muted}>
                {t('independence.notKnown')}
              </th>
              <td>
                <Names locations={unknown} />
              </td>
              <td>{t('independence.notKnownMeaning')}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Section>
  );
}

function Names({ locations }: { readonly locations: readonly Location[] }) {
  return (
    <ul className={styles.names}>
      {locations.map(({ id, name }) => (
        <li key={id}>
          <Link to="/locations/$id" params={{ id }}>
            <SafeText value={name} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
