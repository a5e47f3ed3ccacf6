import { HardDrive } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useCall } from '../../client/index.ts';
import { Button, Notice, PathText, ProblemNotice, RadioGroup, Term, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';
import { IN_PLACE } from './draft.ts';
import { FORMATS, isolated } from './formats.ts';
import { NewPlace } from './new-place.tsx';
import type { PathStep } from './path-step.ts';
import { roomOf } from './sentences.ts';

/** Where custody rests: on the files as they stand, or on a copy in a managed location. */
export function StepPlace({ draft, change, search, go, survey }: PathStep): ReactNode {
  const { t } = useTexts('accessions');
  const [isMaking, setMaking] = useState(false);
  const locations = useCall('locations', 'list');
  const checked = useCall('locations', 'check', {}, { staleTime: 10_000 });
  const needed = survey.isStale ? undefined : survey.result?.bytes;
  const isAgain = search.again !== undefined;
  const managed = isAgain
    ? []
    : (locations.data?.rows ?? []).filter((row) => row.writes === 'managed' && row.offline === undefined);
  const rooms = new Map(
    managed.map((row) => {
      const place = checked.data?.rows.find((one) => one.location === row.id);
      return [row.id, roomOf(place, needed, t, FORMATS)];
    }),
  );
  const chosenRoom = rooms.get(draft.place);
  // A template names a location by its name or its id; one that is gone is no choice.
  const chosen =
    draft.place === IN_PLACE
      ? IN_PLACE
      : managed.find((row) => row.id === draft.place || row.name === draft.place)?.id;
  return (
    <>
      <p className={styles.lead}>
        {t('place.lead')} <Term id="storage-location">{t('place.term')}</Term>
      </p>
      {locations.error !== null && <ProblemNotice error={locations.error} />}
      {checked.error !== null && <ProblemNotice error={checked.error} />}
      <RadioGroup
        label={t('place.label')}
        value={chosen}
        onChange={(place) => {
          change({ place });
        }}
        options={[
          { value: IN_PLACE, label: t('place.inPlace'), description: t('place.inPlaceWhat') },
          ...managed.map((row) => ({
            value: row.id,
            label: t('place.copyTo', { name: isolated(row.name) }),
            description: (
              <span className={styles.place}>
                <span>{t('place.copyWhat')}</span>
                <span>
                  <PathText path={row.root} />
                </span>
                <span className={rooms.get(row.id)?.tight === true ? styles.due : undefined}>
                  {rooms.get(row.id)?.text}
                </span>
              </span>
            ),
          })),
        ]}
      />
      {isAgain && <p className={styles.muted}>{t('place.again')}</p>}
      {!isAgain &&
        (isMaking ? (
          <NewPlace
            onMade={(id) => {
              change({ place: id });
              setMaking(false);
            }}
            onClose={() => {
              setMaking(false);
            }}
          />
        ) : (
          <div className={styles.acts}>
            <Button
              icon={HardDrive}
              onPress={() => {
                setMaking(true);
              }}
            >
              {t('place.make')}
            </Button>
          </div>
        ))}
      {chosenRoom?.tight === true && (
        <Notice tone="due" title={t('place.tight')}>
          <p>{chosenRoom.text}</p>
        </Notice>
      )}
      {draft.place === IN_PLACE && !isAgain && <p className={styles.muted}>{t('place.inPlaceLater')}</p>}
      <div className={styles.onward}>
        <Button
          variant="primary"
          isDisabled={chosen === undefined}
          onPress={() => {
            if (chosen !== undefined) change({ place: chosen });
            go('review');
          }}
        >
          {t('place.onward')}
        </Button>
      </div>
    </>
  );
}
