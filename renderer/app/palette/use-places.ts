import { useNavigate } from '@tanstack/react-router';
import { FolderTree, HardDrive, Inbox } from 'lucide-react';
import { useMemo } from 'react';
import { useCall, useLeftSearches } from '../../client/index.ts';
import { useTexts } from '../../ui/index.ts';
import { PLACES } from '../places.ts';
import type { Entry } from './entries.ts';

/** Everything that has an address and is no recording: the rail, collections, accessions, storage locations. */
export function usePlaces(isOpen: boolean): readonly Entry[] {
  const { t } = useTexts('app');
  const navigate = useNavigate();
  const leftSearches = useLeftSearches();
  const collections = useCall('collections', 'list', {}, { enabled: isOpen }).data;
  const accessions = useCall('accession', 'list', { limit: 1000 }, { enabled: isOpen }).data;
  const locations = useCall('locations', 'list', undefined, { enabled: isOpen }).data;
  return useMemo(() => {
    // Started here, awaited nowhere: a navigation that is overtaken by another is no failure.
    const quietly = (act: () => Promise<void>) => () => {
      act().catch(() => undefined);
    };
    return [
      ...PLACES.map(({ id, to, icon }): Entry => ({
        id: `place-${id}`,
        label: t(`nav.${id}`),
        words: t('palette.goTo', { place: t(`nav.${id}`) }),
        icon,
        run: quietly(() => navigate({ to, search: leftSearches(id) })),
      })),
      ...(collections?.rows ?? []).map(({ id, name, path }): Entry => ({
        id,
        label: name,
        detail: path === name ? t('palette.collection') : path,
        words: path,
        icon: FolderTree,
        run: quietly(() => navigate({ to: '/holdings', search: { collection: id } })),
      })),
      ...(accessions?.rows ?? []).map(({ id, number, title, source }): Entry => ({
        id,
        label: title,
        detail: t('palette.accession', { number }),
        words: `${number} ${source ?? ''}`,
        icon: Inbox,
        run: quietly(() => navigate({ to: '/accessions/$id', params: { id } })),
      })),
      ...(locations?.rows ?? []).map(({ id, name, root }): Entry => ({
        id,
        label: name,
        detail: t('palette.location'),
        words: root.display,
        icon: HardDrive,
        run: quietly(() => navigate({ to: '/locations/$id', params: { id } })),
      })),
    ];
  }, [collections, accessions, locations, navigate, leftSearches, t]);
}
