import {
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
  type SearchSchemaInput,
} from '@tanstack/react-router';
import { Frame } from './frame.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import {
  AccessionRoute,
  AccessionsRoute,
  EventRoute,
  FixityRoute,
  HandOutsRoute,
  HoldingsRoute,
  JobRoute,
  LocationRoute,
  LocationsRoute,
  LogRoute,
  NewAccessionRoute,
  OverviewRoute,
  SettingsRoute,
} from './pages.tsx';
import { ProblemPage } from './problem-page.tsx';

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFoundPage,
  // Each page reads its own part of the search through a validator of its own: an address is input. Links may say any object.
  validateSearch: (raw: object & SearchSchemaInput): Record<string, unknown> => ({ ...raw }),
});
const getParentRoute = () => root;

// Each route has a name of its own: written in place below, TypeScript would know none of their addresses.
const start = createRoute({
  getParentRoute,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to redirect
    throw redirect({ to: '/overview', replace: true });
  },
});
const overview = createRoute({ getParentRoute, path: '/overview', component: OverviewRoute });
const holdings = createRoute({ getParentRoute, path: '/holdings', component: HoldingsRoute });
const holding = createRoute({ getParentRoute, path: '/holdings/$id', component: HoldingsRoute });
const accessions = createRoute({ getParentRoute, path: '/accessions', component: AccessionsRoute });
const newAccession = createRoute({ getParentRoute, path: '/accessions/new', component: NewAccessionRoute });
const accession = createRoute({ getParentRoute, path: '/accessions/$id', component: AccessionRoute });
const locations = createRoute({ getParentRoute, path: '/locations', component: LocationsRoute });
const location = createRoute({ getParentRoute, path: '/locations/$id', component: LocationRoute });
// One page with parts of their own: it stays while one goes from finding to finding, so only the outermost draws.
const fixity = createRoute({ getParentRoute, path: '/fixity', component: FixityRoute });
const ofFixity = () => fixity;
const findings = createRoute({ getParentRoute: ofFixity, path: '/' });
const quarantine = createRoute({ getParentRoute: ofFixity, path: '/quarantine' });
const runs = createRoute({ getParentRoute: ofFixity, path: '/runs' });
const schedules = createRoute({ getParentRoute: ofFixity, path: '/schedules' });
const finding = createRoute({ getParentRoute: ofFixity, path: '/$id' });
const handOuts = createRoute({ getParentRoute, path: '/hand-outs', component: HandOutsRoute });
const ofHandOuts = () => handOuts;
const handOut = createRoute({ getParentRoute: ofHandOuts, path: '/' });
const received = createRoute({ getParentRoute: ofHandOuts, path: '/check' });
const handedOut = createRoute({ getParentRoute: ofHandOuts, path: '/history' });
const log = createRoute({ getParentRoute, path: '/log', component: LogRoute });
const event = createRoute({ getParentRoute, path: '/log/$id', component: EventRoute });
const settings = createRoute({
  getParentRoute,
  path: '/settings',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- as above
    throw redirect({ to: '/settings/$section', params: { section: 'policy' }, replace: true });
  },
});
const settingsSection = createRoute({ getParentRoute, path: '/settings/$section', component: SettingsRoute });
const job = createRoute({ getParentRoute, path: '/jobs/$id', component: JobRoute });

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    overview,
    holdings,
    holding,
    accessions,
    newAccession,
    accession,
    fixity.addChildren([findings, quarantine, runs, schedules, finding]),
    handOuts.addChildren([handOut, received, handedOut]),
    locations,
    location,
    log,
    event,
    settings,
    settingsSection,
    job,
  ]),
  defaultErrorComponent: ProblemPage,
  defaultPreload: 'intent',
  scrollRestoration: true,
  scrollToTopSelectors: ['#page', '[data-page-scroll]'],
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
