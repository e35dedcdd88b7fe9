/** The stand-in for Google as a process: prints where it is, and stops when it is told to. */
import { startGoogle } from '../../local/google/index.ts';

const { url, serviceAccount } = await startGoogle({ quotas: false });
console.log(JSON.stringify({ url, serviceAccount }));
