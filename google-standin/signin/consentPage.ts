import { html } from '../page/html.ts';
import { pageDocument } from '../page/sheetPage.ts';
import {
  authorizationParameters,
  type Authorization,
  type AuthorizationRefused,
} from './authorization.ts';
import type { Person } from './people.ts';

const banner = html`<p class="banner" role="note">
  <strong lang="id">Tiruan Google — hanya untuk pengembangan</strong
  ><span lang="en">Stand-in for Google — development only</span>
</p>`;

/** The permission of each scope, in Indonesian and English. */
const scopeTexts: Readonly<Record<string, readonly [string, string]>> = {
  openid: ['Mengenali Anda', 'Know who you are'],
  email: ['Melihat alamat email Anda', 'See your e-mail address'],
  profile: ['Melihat nama dan foto Anda', 'See your name and picture'],
  spreadsheets: ['Melihat dan mengubah spreadsheet', 'See and edit spreadsheets'],
  'spreadsheets.readonly': ['Melihat spreadsheet', 'See spreadsheets'],
  drive: ['Melihat dan mengubah file di Drive', 'See and edit files in Drive'],
  'drive.file': ['Melihat dan mengubah file yang dipilih', 'See and edit chosen files'],
  'drive.metadata': ['Melihat dan mengubah info file di Drive', 'See and edit file info in Drive'],
  'drive.metadata.readonly': ['Melihat daftar file di Drive', 'See the list of files in Drive'],
};

/** The page where a person picks an account and allows or refuses. */
export function consentPage(
  { client, scope, redirectUri, loginHint }: Authorization,
  query: URLSearchParams,
  people: readonly Person[],
): string {
  const kept = authorizationParameters.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [html`<input type="hidden" name="${name}" value="${value}" />`];
  });
  const picked = people.find(({ email }) => email === loginHint) ?? people[0];
  const accounts = people.map(
    (person) =>
      html`<label class="account"
        ><input
          type="radio"
          name="email"
          value="${person.email}"
          ${person === picked ? html`checked` : html``}
        /><img src="/stand-in/picture/${encodeURIComponent(person.email)}.svg" alt="" /><span
          ><strong>${person.name}</strong><small>${person.email}</small></span
        ></label
      >`,
  );
  const scopes = [...new Set(scope.split(' ').filter((name) => name !== ''))].map((name) => {
    const short = name.replace(/^https:\/\/www\.googleapis\.com\/auth\/(userinfo\.)?/, '');
    const [indonesian, english] = scopeTexts[short] ?? [short, short];
    return html`<li>
      <span lang="id">${indonesian}</span>
      <small lang="en">${english}</small>
    </li>`;
  });
  return pageDocument(
    'Masuk – Stand-in for Google',
    html`${banner}
      <main class="consent">
        <h1 lang="id">Pilih akun</h1>
        <p class="english" lang="en">Choose an account</p>
        <form method="post" action="/o/oauth2/v2/auth">
          ${kept}
          <fieldset aria-label="Akun / Account">${accounts}</fieldset>
          <p>
            <strong>${new URL(redirectUri).host}</strong>
            <span lang="id">ingin</span> <span class="english" lang="en">wants to</span>
          </p>
          <ul>
            ${scopes}
          </ul>
          <div class="buttons">
            <button name="decision" value="refuse">Tolak <small lang="en">Refuse</small></button>
            <button class="primary" name="decision" value="allow">
              Izinkan <small lang="en">Allow</small>
            </button>
          </div>
        </form>
        <p class="client">${client.clientId}</p>
      </main>`,
  );
}

/** Makes the page that tells a person why Google refuses the sign-in. */
export function refusalPage({ status, error, message }: AuthorizationRefused): string {
  return pageDocument(
    'Akses diblokir – Stand-in for Google',
    html`${banner}
      <main class="consent">
        <h1 lang="id">Akses diblokir: permintaan aplikasi ini tidak valid</h1>
        <p class="english" lang="en">Access blocked: this app’s request is not valid</p>
        <p class="problem">${message}</p>
        <p class="client">Error ${status}: ${error}</p>
      </main>`,
  );
}
