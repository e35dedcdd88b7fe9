// A setup whose work takes until its parent says "end": node setupContender.mjs <project>
import { once } from 'node:events';
import { oneAtATime } from '../../../local/setup/oneAtATime.mjs';

await oneAtATime(process.argv[2], async () => {
  process.send('works');
  await once(process, 'message');
});
process.send('done', () => process.disconnect());
