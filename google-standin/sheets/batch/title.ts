import { InvalidChange } from '../draft/draft.ts';

/** @throws InvalidChange when a tab's name is empty or too long */
export function requireTitle(title: string): string {
  if (title === '') throw new InvalidChange('The sheet name cannot be empty.');
  if (title.length > 100) {
    throw new InvalidChange('The sheet name cannot be greater than 100 characters.');
  }
  return title;
}
