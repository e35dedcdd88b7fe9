import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { selectors, type Browser, type Locator, type Page } from 'playwright-core';
import * as z from 'zod/v4-mini';
import { N8nClient } from '../../../local/n8n/index.ts';
import { waitUntil } from '../../../local/process/waitUntil.ts';
import { readStackFacts, type StackFacts } from '../../../local/stack/index.ts';
import { openBrowser } from './chromium.ts';
import { editorState } from './startEditor.ts';

const PROJECT = join(__dirname, '..', '..', '..');
const PACKAGE = 'n8n-nodes-digital-materi';

/** The fields of a node that a test gives. n8n fills in the others. */
export interface NodeSketch {
  readonly name: string;
  /** `materiCatalog`, `materiGemini`, `materiJob`, `materiTrigger`, or a type of n8n in full. */
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly credentials?: Readonly<Record<string, { id: string; name: string }>>;
}

// n8n marks the elements of its editor with this attribute.
selectors.setTestIdAttribute('data-test-id');

const savedSchema = z.object({ id: z.string(), versionId: z.string() });

/**
 * n8n's editor in Chromium, signed in as the owner, on the stack that `startEditor.ts` has started.
 * Tests without a browser still may use `client`, n8n's REST interface.
 */
export class Editor {
  readonly facts: StackFacts;
  readonly client: N8nClient;
  readonly #browser: Browser | undefined;
  #page: Page | undefined;

  private constructor(facts: StackFacts, client: N8nClient, browser: Browser | undefined) {
    this.facts = facts;
    this.client = client;
    this.#browser = browser;
  }

  static async open(): Promise<Editor> {
    const facts = readStackFacts(editorState(PROJECT));
    if (facts === undefined) throw new Error('The stack for the tests of the editor does not run.');
    const { url, email, password } = facts.n8n;
    const client = await N8nClient.signIn(url, email, password);
    const editor = new Editor(facts, client, await openBrowser());
    await editor.#signIn();
    return editor;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
  }

  get hasBrowser(): boolean {
    return this.#page !== undefined;
  }

  /** The one page that the tests of a file share. */
  get page(): Page {
    if (this.#page === undefined) throw new Error('There is no browser.');
    return this.#page;
  }

  /** Saves a workflow whose nodes are connected one after the other. @returns its id */
  async workflow(name: string, nodes: readonly NodeSketch[]): Promise<string> {
    const body = {
      name,
      nodes: nodes.map((node, index) => ({
        id: crypto.randomUUID(),
        webhookId: crypto.randomUUID(),
        typeVersion: 1,
        parameters: {},
        ...node,
        type: node.type.includes('.') ? node.type : `${PACKAGE}.${node.type}`,
        position: [index * 240, 0],
      })),
      connections: Object.fromEntries(
        nodes
          .slice(1)
          .map((node, index) => [
            nodes[index]?.name ?? '',
            { main: [[{ node: node.name, type: 'main', index: 0 }]] },
          ]),
      ),
      settings: {},
    };
    return (await this.client.request(savedSchema, 'POST', '/workflows', body)).id;
  }

  /** Opens a saved workflow, or an empty new one. */
  async openWorkflow(id = 'new'): Promise<void> {
    await this.page.goto(`${this.facts.n8n.url}/workflow/${id}`);
    const first = id === 'new' ? 'canvas-add-button' : 'canvas-node';
    await this.page.getByTestId(first).first().waitFor();
  }

  /**
   * Types words into the node creator and waits until a node is among the first results.
   * @throws Error that lists what n8n found instead
   */
  async findNode(words: string, name: string, among = 3): Promise<void> {
    const search = this.page.getByTestId('node-creator-search-bar');
    if (!(await search.isVisible())) {
      await this.page.getByTestId('node-creator-plus-button').click();
      await search.waitFor();
    }
    const items = this.page.getByTestId('node-creator-item-name');
    await search.fill('no node has this name');
    await items.first().waitFor({ state: 'detached' });
    await search.fill(words);
    // n8n shows the word Trigger as a picture.
    const shown = name.replace(' Trigger', '');
    let found: string[] = [];
    const isFound = async () => {
      const names = await items.allInnerTexts();
      found = names.map((text) => text.trim());
      return found.slice(0, among).includes(shown);
    };
    await waitUntil(isFound, { what: `"${words}" to find ${name}`, within: 5_000 }).catch(() => {
      throw new Error(`"${words}" finds ${JSON.stringify(found)}, ${name} is not at the top.`);
    });
  }

  /** Opens a node's panel with a double click. @returns the panel */
  async openNode(name: string): Promise<Locator> {
    await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
    const panel = this.page.getByTestId('ndv');
    await panel.waitFor();
    return panel;
  }

  async closeNode(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
  }

  /** Publishes a saved workflow as the editor does; n8n then activates its triggers by itself. */
  async publishById(id: string): Promise<void> {
    const { versionId } = await this.client.request(savedSchema, 'GET', `/workflows/${id}`);
    await this.client.request(savedSchema, 'POST', `/workflows/${id}/activate`, { versionId });
  }

  async unpublishById(id: string): Promise<void> {
    await this.client.request(savedSchema, 'POST', `/workflows/${id}/deactivate`, {});
  }

  /** Presses Publish, and confirms it in the dialog. */
  async publish(): Promise<void> {
    await this.page.getByTestId('workflow-open-publish-modal-button').click();
    await this.page.getByTestId('workflow-publish-button').click();
  }

  /** Keeps a picture of the page in `.local/screenshots`, for people to look at. */
  async screenshot(name: string): Promise<string> {
    const folder = process.env['SCREENSHOTS'] ?? join(PROJECT, '.local', 'screenshots');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  async #signIn(): Promise<void> {
    if (this.#browser === undefined) return;
    const { url, email, password } = this.facts.n8n;
    // n8n takes five sign-ins a minute. So one session serves all files of tests.
    const session = join(PROJECT, '.local', `editor-session-${new URL(url).port}.json`);
    const context = await this.#browser.newContext({
      baseURL: url,
      viewport: { width: 1440, height: 900 },
      ...(existsSync(session) && { storageState: session }),
    });
    if (!(await context.request.get('/rest/login')).ok()) {
      const answer = await context.request.post('/rest/login', {
        data: { emailOrLdapLoginId: email, password },
      });
      if (!answer.ok()) throw new Error(`n8n answered ${answer.status()} to the sign-in.`);
      await context.storageState({ path: session });
    }
    this.#page = await context.newPage();
  }
}
