import { playFixedHistories } from '../../test/adversary/fixed.ts';

playFixedHistories('second');
