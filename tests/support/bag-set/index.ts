/** The set of bags made for the purpose: at least one for each code and for each rule, and sound ones beside them. */
import { contents } from './contents.ts';
import { encodings } from './encodings.ts';
import { forms } from './forms.ts';
import { paths } from './paths.ts';
import type { SetBag } from './set-bag.ts';
import { soundBags } from './sound-bags.ts';

export const bagSet: readonly SetBag[] = [...forms, ...contents, ...paths, ...encodings, ...soundBags];
