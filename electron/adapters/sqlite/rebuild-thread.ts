import { openRebuild, type RebuildMethods, type RebuildOrder } from './rebuild/rebuild.ts';
import { serveThread } from './thread-rpc.ts';

serveThread<RebuildOrder, RebuildMethods>((order) => openRebuild(order));
