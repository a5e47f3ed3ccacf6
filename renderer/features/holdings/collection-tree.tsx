import { memo, useMemo, type ReactNode } from 'react';
import { useCall } from '../../client/index.ts';
import { ProblemNotice, Skeleton, TreeList, useEvent, useTexts, plainVisible } from '../../ui/index.ts';
import { collectionNodes, filterOfNode, selectedNode } from './collection-nodes.ts';
import css from './holdings.module.css';
import { withFilter, type HoldingsSearch } from './holdings-search.ts';
import { quietly } from './quietly.ts';

/** More accessions are found by their number; a tree of them helps nobody. */
const MOST_ACCESSIONS = 1000;
const LABEL = 120;

interface CollectionTreeProps {
  readonly search: HoldingsSearch;
  readonly onSearch: (search: HoldingsSearch) => void;
}

function Tree({ search, onSearch }: CollectionTreeProps): ReactNode {
  const { t } = useTexts('holdings');
  const collections = useCall('collections', 'list', {});
  const accessions = useCall('accession', 'list', { limit: MOST_ACCESSIONS });
  const status = useCall('archive', 'status');
  const nodes = useMemo(
    () =>
      collectionNodes(collections.data?.rows ?? [], accessions.data?.rows ?? [], status.data?.items, {
        all: t('tree.all'),
        inNone: t('tree.inNone'),
        accession: ({ number, title }) => plainVisible(`${number} ${title}`, LABEL),
      }),
    [collections.data, accessions.data, status.data?.items, t],
  );
  const select = useEvent((id: string) => {
    const filter = filterOfNode(id);
    if (filter !== undefined) onSearch(withFilter(search, { ...filter, item: undefined }));
  });
  const failed = collections.error ?? accessions.error;
  if (failed !== null && collections.data === undefined)
    return (
      <ProblemNotice
        error={failed}
        onRetry={() => {
          quietly(collections.refetch());
          quietly(accessions.refetch());
        }}
      />
    );
  if (collections.data === undefined) return <Skeleton lines={5} />;
  return (
    <>
      <TreeList label={t('tree.label')} nodes={nodes} selected={selectedNode(search)} onSelect={select} />
      {accessions.data?.next != null && (
        <p className={css.note}>{t('tree.newestOnly', { count: MOST_ACCESSIONS })}</p>
      )}
    </>
  );
}

/** Collections and accessions; choosing one narrows the list to it. */
export const CollectionTree = memo(Tree);
