/** An audit on a disk that fails at every call in turn, in each way in which it can fail: io-errors.test.ts says what must hold. */
import { auditMeets, everyCallOf } from '../support/every-call.ts';

everyCallOf('an audit', auditMeets);
