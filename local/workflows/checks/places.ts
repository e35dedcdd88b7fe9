import type { FileNode } from '../files.ts';

export const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** The size of a node on n8n's canvas, with the name below it. */
const NODE = { width: 100, height: 130 };

/** n8n's size of a sticky note that has none. */
const NOTE = { width: 240, height: 160 };

interface Box {
  readonly name: string;
  readonly isNote: boolean;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Finds nodes that hide each other on the canvas. A note may frame nodes: it may hold a node whole.
 *
 * @returns the fault of each node, by the node's name
 */
export function checkPlaces(nodes: readonly FileNode[]): Array<readonly [string, string]> {
  const boxes = nodes.map(boxOf);
  return boxes.flatMap((box, at) =>
    boxes
      .slice(at + 1)
      .filter((other) => overlap(box, other) && !frames(box, other) && !frames(other, box))
      .map((other): readonly [string, string] => [
        box.name,
        `It overlaps "${other.name}" on the canvas. Move one of them.`,
      ]),
  );
}

function boxOf({ name, type, position: [left, top], parameters }: FileNode): Box {
  const isNote = type === STICKY_NOTE;
  const size = isNote
    ? {
        width: sizeOf(parameters['width'], NOTE.width),
        height: sizeOf(parameters['height'], NOTE.height),
      }
    : NODE;
  return { name, isNote, left, top, right: left + size.width, bottom: top + size.height };
}

function sizeOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function frames(note: Box, node: Box): boolean {
  if (!note.isNote || node.isNote) return false;
  return (
    note.left <= node.left &&
    note.top <= node.top &&
    note.right >= node.right &&
    note.bottom >= node.bottom
  );
}
