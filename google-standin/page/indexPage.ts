import type { Spreadsheet } from '../sheets/model/spreadsheet.ts';
import { html } from './html.ts';
import { banner, pageDocument } from './sheetPage.ts';

const served = [
  [
    'Sheets v4',
    'GET /v4/spreadsheets/{id}, values/{range}, values:batchGet; PUT values/{range}; POST /v4/spreadsheets, :batchUpdate, :getByDataFilter, values:batchUpdate, values:batchClear, values/{range}:append, :clear',
  ],
  ['Drive v3', 'GET /drive/v3/files, /drive/v3/files/{id}'],
  [
    'Gemini',
    'GET /v1beta/models, /v1beta/models/{model}; POST /v1beta/models/{model}:generateContent',
  ],
  [
    'Sign-in',
    'GET /o/oauth2/v2/auth, /oauth2/v3/userinfo, /oauth2/v1/certs, /oauth2/v3/certs, /stand-in/id-token?email=…&aud=…; POST /token, /revoke',
  ],
  ['Faults', 'GET, POST, DELETE /stand-in/faults; DELETE /stand-in/faults/{id}'],
  ['Requests', 'GET, DELETE /stand-in/requests'],
  [
    'Spreadsheets',
    'GET, POST /stand-in/spreadsheets; GET /stand-in/spreadsheets/{id}; POST …/edit, …/rows, …/columns, …/sort',
  ],
] as const;

/** Makes the stand-in's first page, which lists its spreadsheets and its users. */
export function indexPage(spreadsheets: readonly Spreadsheet[], emails: readonly string[]): string {
  const links = spreadsheets.map(
    ({ spreadsheetId, title }) => html`<li><a href="/sheet/${spreadsheetId}">${title}</a></li>`,
  );
  const rows = served.map(
    ([name, what]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${what}</td>
      </tr>`,
  );
  const people = emails.map((email) => html`<li>${email}</li>`);
  return pageDocument(
    'Stand-in for Google',
    html`${banner}
      <div class="index">
        <h1>Stand-in for Google</h1>
        <h2>Spreadsheets</h2>
        <ul>
          ${links}
        </ul>
        <h2>People who can sign in</h2>
        <ul>
          ${people}
        </ul>
        <h2>What it serves</h2>
        <table>
          ${rows}
        </table>
      </div>`,
  );
}
