/**
 * The second half of the page's script: the buttons and the right-click menu. They sort by the selected
 * column, insert, copy and delete the selected row, and move the column.
 */
export const actionsScript = String.raw`
const menu = document.getElementById('menu');
const actions = {
  'sort-up': () => ['sort', { column: at.c, order: 'ASCENDING' }],
  'sort-down': () => ['sort', { column: at.c, order: 'DESCENDING' }],
  'row-above': () => ['rows', { action: 'insert', index: at.r }],
  'row-below': () => ['rows', { action: 'insert', index: at.r + 1 }, 1, 0],
  'row-copy': () => ['rows', { action: 'copy', index: at.r }, 1, 0],
  'row-delete': () => ['rows', { action: 'delete', index: at.r }],
  'column-left': () => at.c > 0 && ['columns', { action: 'move', index: at.c, to: at.c - 1 }, 0, -1],
  'column-right': () => ['columns', { action: 'move', index: at.c, to: at.c + 2 }, 0, 1],
};

async function act(name) {
  menu.hidden = true;
  if (editing) await leave(true);
  const asked = actions[name]();
  if (!asked) return;
  const [path, change, down = 0, right = 0] = asked;
  const body = JSON.stringify({ tab: app.dataset.tab, ...change });
  const response = await fetch('/stand-in/spreadsheets/' + app.dataset.spreadsheet + '/' + path, { method: 'POST', body });
  if (response.ok) at = { r: at.r + down, c: at.c + right };
  await refresh();
  if (!response.ok) problem((await response.json()).error.message);
  grid.focus({ preventScroll: true });
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (button) act(button.dataset.act);
  else menu.hidden = true;
});
grid.addEventListener('contextmenu', (event) => {
  const td = event.target.closest('td');
  const th = event.target.closest('th');
  if (!td && !th) return;
  event.preventDefault();
  if (editing) leave(true);
  if (td) select(Number(td.dataset.r), Number(td.dataset.c), false);
  else if (th.closest('thead')) select(at.r, Math.max(0, th.cellIndex - 1), false);
  else select(th.parentElement.rowIndex - 1, at.c, false);
  menu.hidden = false;
  const { offsetWidth, offsetHeight } = menu;
  menu.style.setProperty('left', Math.min(event.clientX, innerWidth - offsetWidth - 8) + 'px');
  menu.style.setProperty('top', Math.min(event.clientY, innerHeight - offsetHeight - 8) + 'px');
  menu.querySelector('button').focus();
});
menu.addEventListener('keydown', (event) => {
  const buttons = [...menu.querySelectorAll('button')];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
  else if (event.key === 'Escape') { menu.hidden = true; grid.focus({ preventScroll: true }); }
  else return;
  event.preventDefault();
});
grid.addEventListener('scroll', () => { menu.hidden = true; });
`;
