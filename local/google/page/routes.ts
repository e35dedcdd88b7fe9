import type { Route } from '../http/route.ts';
import type { Store } from '../store/store.ts';

export function pageRoutes(_store: Store, _spreadsheetId: string): Route[] {
  return [];
}
