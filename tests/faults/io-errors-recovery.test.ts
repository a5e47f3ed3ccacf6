/** A recovery on a disk that fails at every call in turn, in each way in which it can fail: io-errors.test.ts says what must hold. */
import { everyCallOf, recoveryMeets } from '../support/every-call.ts';

everyCallOf('a recovery', recoveryMeets);
