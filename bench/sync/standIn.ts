/** The stand-in for Google as a process: prints its address, and stops when it is killed. */
import { startGoogle } from '../../google-standin/index.ts';

const { url, serviceAccount } = await startGoogle({ quotas: false });
console.log(JSON.stringify({ url, serviceAccount }));
