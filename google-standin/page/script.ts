/**
 * The script of a spreadsheet's page, for the browser. It selects cells and asks every second for changes.
 * Double click, Enter, F2 or typing begins an edit; Enter and Tab keep it, Escape drops it.
 */
export const script = String.raw`'use strict';
const app = document.querySelector('.app');
const grid = document.getElementById('grid');
const place = document.getElementById('place');
const content = document.getElementById('content');
const statusLine = document.getElementById('status');
let at = { r: 0, c: 0 };
let editing = null;

const cellAt = (r, c) => grid.querySelector('td[data-r="' + r + '"][data-c="' + c + '"]');
const enteredIn = (td) => td.dataset.entered ?? td.textContent;
const letters = (c) => grid.querySelectorAll('thead th')[c + 1].textContent;
const a1 = ({ r, c }) => letters(c) + (r + 1);

function select(r, c, scroll = true) {
  const td = cellAt(r, c);
  if (!td) return;
  grid.querySelectorAll('.selected').forEach((el) => el.classList.remove('selected'));
  at = { r, c };
  td.classList.add('selected');
  grid.querySelectorAll('thead th')[c + 1].classList.add('selected');
  td.parentElement.firstElementChild.classList.add('selected');
  place.textContent = a1(at);
  content.textContent = enteredIn(td);
  if (scroll) td.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function edit(start) {
  const td = cellAt(at.r, at.c);
  if (!td || editing) return;
  const input = document.createElement('input');
  input.value = start ?? enteredIn(td);
  input.setAttribute('aria-label', a1(at));
  editing = { td, input, before: enteredIn(td), html: td.innerHTML };
  td.replaceChildren(input);
  td.classList.add('editing');
  input.addEventListener('input', () => { content.textContent = input.value; });
  input.addEventListener('blur', () => leave(true));
  input.focus();
  if (start === undefined) input.select();
}

async function leave(keep) {
  if (!editing) return;
  const { td, input, before, html } = editing;
  const value = input.value;
  editing = null;
  td.classList.remove('editing');
  td.innerHTML = html;
  grid.focus({ preventScroll: true });
  if (!keep || value === before) { select(at.r, at.c, false); return; }
  td.textContent = value;
  const body = JSON.stringify({ tab: app.dataset.tab, a1: a1({ r: Number(td.dataset.r), c: Number(td.dataset.c) }), value });
  const response = await fetch('/stand-in/spreadsheets/' + app.dataset.spreadsheet + '/edit', { method: 'POST', body });
  if (!response.ok) problem((await response.json()).error.message);
  await refresh(!response.ok);
}

function problem(text) {
  statusLine.textContent = text;
  statusLine.classList.add('problem');
}

async function refresh(force = false) {
  const { spreadsheet, sheet, version } = app.dataset;
  const response = await fetch('/sheet/' + spreadsheet + '/state?tab=' + sheet + '&version=' + (force ? '' : version));
  const state = await response.json();
  app.classList.remove('lost');
  if (state.grid === undefined || editing) return;
  app.dataset.version = state.version;
  const before = new Map([...grid.querySelectorAll('td')].map((td) => [td.dataset.r + ',' + td.dataset.c, enteredIn(td)]));
  const { scrollTop, scrollLeft } = grid;
  grid.innerHTML = state.grid;
  grid.scrollTo(scrollLeft, scrollTop);
  document.getElementById('tabs').innerHTML = state.tabs;
  if (!force) {
    statusLine.textContent = state.saved;
    statusLine.classList.remove('problem');
    for (const td of grid.querySelectorAll('td')) {
      const known = before.get(td.dataset.r + ',' + td.dataset.c);
      if (known !== undefined && known !== enteredIn(td)) td.classList.add('changed');
    }
  }
  select(at.r, at.c, false);
}

grid.addEventListener('mousedown', (event) => {
  const td = event.target.closest('td');
  if (!td || td.classList.contains('editing')) return;
  if (editing) leave(true);
  select(Number(td.dataset.r), Number(td.dataset.c), false);
});
grid.addEventListener('dblclick', (event) => { if (event.target.closest('td')) edit(); });

grid.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  if (editing) {
    if (event.key === 'Escape') leave(false);
    else if (event.key === 'Enter') { leave(true); select(at.r + 1, at.c); }
    else if (event.key === 'Tab') { leave(true); select(at.r, at.c + (event.shiftKey ? -1 : 1)); }
    else return;
  } else if (event.key === 'Enter' || event.key === 'F2') edit();
  else if (event.key === 'Tab') select(at.r, at.c + (event.shiftKey ? -1 : 1));
  else if (event.key === 'Delete' || event.key === 'Backspace') { edit(''); leave(true); }
  else if (moves[event.key]) select(at.r + moves[event.key][0], at.c + moves[event.key][1]);
  else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) edit(event.key);
  else return;
  event.preventDefault();
});

setInterval(() => {
  if (!editing && !document.hidden) refresh().catch(() => app.classList.add('lost'));
}, 1000);
select(0, 0, false);
grid.focus({ preventScroll: true });
`;
