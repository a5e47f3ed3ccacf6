import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCall } from '../client/index.ts';
import { KeyGroups } from './key-list.tsx';
import { lazyPage } from './lazy-page.tsx';

// Each page comes when it is first opened; what they share (ui, client) is loaded already.
const overview = () => import('../features/overview/index.ts');
const holdings = () => import('../features/holdings/index.ts');
const accessions = () => import('../features/accessions/index.ts');
const locations = () => import('../features/locations/index.ts');
const fixity = () => import('../features/fixity/index.ts');
const handOuts = () => import('../features/hand-outs/index.ts');
const log = () => import('../features/log/index.ts');
const settings = () => import('../features/settings/index.ts');
const jobs = () => import('../features/jobs/index.ts');

const OverviewPage = lazyPage(async () => (await overview()).OverviewPage);
const FirstRun = lazyPage(async () => (await overview()).FirstRun);
const HoldingsPage = lazyPage(async () => (await holdings()).HoldingsPage);
const AccessionPage = lazyPage(async () => (await accessions()).AccessionPage);
const LocationPage = lazyPage(async () => (await locations()).LocationPage);
const EventPage = lazyPage(async () => (await log()).EventPage);
const SettingsPage = lazyPage(async () => (await settings()).SettingsPage);
const JobPage = lazyPage(async () => (await jobs()).JobPage);

export const AccessionsRoute = lazyPage(async () => (await accessions()).AccessionsPage);
export const NewAccessionRoute = lazyPage(async () => (await accessions()).NewAccessionPage);
export const FixityRoute = lazyPage(async () => (await fixity()).FixityPage);
export const HandOutsRoute = lazyPage(async () => (await handOuts()).HandOutsPage);
export const LocationsRoute = lazyPage(async () => (await locations()).LocationsPage);
export const LogRoute = lazyPage(async () => (await log()).LogPage);

/** The `$id` of the address; routes that use it have one. */
function useId(): string {
  return useParams({ strict: false }).id ?? '';
}

/** An archive that holds nothing and is about to hold nothing invites. */
export function OverviewRoute(): ReactNode {
  const status = useCall('archive', 'status').data;
  const isEmpty = status !== undefined && status.replicas === 0 && status.openJobs === 0;
  return isEmpty ? <FirstRun /> : <OverviewPage />;
}
OverviewRoute.preload = OverviewPage.preload;

/** The list, or one thing of it on a page of its own. */
export function HoldingsRoute(): ReactNode {
  const { id } = useParams({ strict: false });
  return <HoldingsPage {...(id === undefined ? {} : { id })} />;
}
HoldingsRoute.preload = HoldingsPage.preload;

export function AccessionRoute(): ReactNode {
  const id = useId();
  return <AccessionPage key={id} id={id} />;
}
AccessionRoute.preload = AccessionPage.preload;

export function LocationRoute(): ReactNode {
  const id = useId();
  return <LocationPage key={id} id={id} />;
}
LocationRoute.preload = LocationPage.preload;

export function EventRoute(): ReactNode {
  const id = useId();
  return <EventPage key={id} id={id} />;
}
EventRoute.preload = EventPage.preload;

export function SettingsRoute(): ReactNode {
  const { section } = useParams({ strict: false });
  return <SettingsPage section={section ?? 'policy'} keys={<KeyGroups />} />;
}
SettingsRoute.preload = SettingsPage.preload;

export function JobRoute(): ReactNode {
  const id = useId();
  return <JobPage key={id} id={id} />;
}
JobRoute.preload = JobPage.preload;
