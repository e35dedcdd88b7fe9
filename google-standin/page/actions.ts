import { html, type Html } from './html.ts';

/** The actions on the selected row or column; the script knows them by these names. */
const groups = [
  [
    ['sort-up', 'Urutkan A→Z', 'Sort A→Z'],
    ['sort-down', 'Urutkan Z→A', 'Sort Z→A'],
  ],
  [
    ['row-above', 'Sisipkan baris di atas', 'Insert row above'],
    ['row-below', 'Sisipkan baris di bawah', 'Insert row below'],
    ['row-copy', 'Salin baris', 'Copy row'],
    ['row-delete', 'Hapus baris', 'Delete row'],
  ],
  [
    ['column-left', 'Pindahkan kolom ke kiri', 'Move column left'],
    ['column-right', 'Pindahkan kolom ke kanan', 'Move column right'],
  ],
] as const;

/** The buttons above the grid, in Indonesian, with English on hover. */
export function toolbar(): Html {
  const parts = groups.map((group) => {
    const buttons = group.map(
      ([name, indonesian, english]) =>
        html`<button
          type="button"
          data-act="${name}"
          title="${english}"
          aria-label="${indonesian} / ${english}"
        >
          ${indonesian}
        </button>`,
    );
    return html`<div role="group">${buttons}</div>`;
  });
  return html`<div class="tools" role="toolbar" aria-label="Baris dan kolom / Rows and columns">
    ${parts}
  </div>`;
}

/** The menu that a right click opens: the same, in both languages. */
export function contextMenu(): Html {
  const items = groups.map((group) => {
    const buttons = group.map(
      ([name, indonesian, english]) =>
        html`<button type="button" role="menuitem" data-act="${name}">
          <span lang="id">${indonesian}</span><small lang="en">${english}</small>
        </button>`,
    );
    return html`<div role="group">${buttons}</div>`;
  });
  return html`<div id="menu" role="menu" aria-label="Baris dan kolom / Rows and columns" hidden>
    ${items}
  </div>`;
}
