import { describe, expect, it } from '@jest/globals';
import { RouteTable } from './routeTable.ts';

function tableOf(...paths: string[]): RouteTable<string> {
  const table = new RouteTable<string>();
  for (const path of paths) table.add(path, path);
  return table;
}

describe('A table of routes', () => {
  const table = tableOf(
    '/jobs',
    '/jobs/:id',
    '/jobs/bulk-retry',
    '/jobs/:id/events',
    '/a/:id/b/:field',
  );

  it.each([
    ['/jobs', '/jobs', {}],
    ['/jobs/', '/jobs', {}],
    ['/JOBS', '/jobs', {}],
    ['/jobs/bulk-retry', '/jobs/bulk-retry', {}],
    ['/jobs/Bulk-Retry/', '/jobs/bulk-retry', {}],
    ['/jobs/Ab', '/jobs/:id', { id: 'Ab' }],
    ['/jobs/bulk-retry/events', '/jobs/:id/events', { id: 'bulk-retry' }],
    ['/jobs/a%2Fb', '/jobs/:id', { id: 'a/b' }],
    ['/a/1/b/metadata.Kelas%20IV', '/a/:id/b/:field', { id: '1', field: 'metadata.Kelas IV' }],
    ['/jobs/__proto__', '/jobs/:id', { id: '__proto__' }],
  ])('finds %s at %s', (path, value, params) => {
    expect(table.find(path)).toEqual({ value, params });
  });

  it.each([
    '',
    '/',
    '//',
    '/job',
    '/jobs//',
    '/jobs//events',
    '/jobs/a/b',
    '/a/1/b',
    '/a',
    'jobs/',
  ])('finds nothing at "%s"', (path) => {
    expect(table.find(path)).toBeUndefined();
  });

  it('refuses a path with a wrong %-escape as malformed', () => {
    expect(() => table.find('/jobs/%E0%A4%A')).toThrow(
      expect.objectContaining({ code: 'malformed' }),
    );
  });

  it('refuses a path that it has already, and a second name of a parameter', () => {
    expect(() => tableOf('/jobs/:id', '/jobs/:id')).toThrow('already');
    expect(() => tableOf('/jobs/:id', '/jobs/:job/events')).toThrow('id and job');
  });
});
