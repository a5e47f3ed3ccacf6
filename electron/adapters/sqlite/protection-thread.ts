import { openProtection, type ProtectionMethods } from './protection/protection.ts';
import { serveThread } from './thread-rpc.ts';

serveThread<{ readonly path: string }, ProtectionMethods>(({ path }) => openProtection(path));
