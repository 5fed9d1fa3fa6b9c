/**
 * The page as a person uses it: what one does and sees, by name.
 */
import type { Browser, Locator, Page } from 'playwright-core';

export type ColorScheme = 'dark' | 'light';

export class LabPage {
  readonly page: Page;
  /** What the page complained about. Empty at the end of every test. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    url: string,
    {
      colorScheme = 'dark',
      width = 1280,
      height = 800,
      reducedMotion = 'no-preference',
      tour = false,
    }: {
      colorScheme?: ColorScheme;
      width?: number;
      height?: number;
      reducedMotion?: 'reduce' | 'no-preference';
      /** As for somebody who has never been here: the guided tour comes up. */
      tour?: boolean;
    } = {},
  ): Promise<LabPage> {
    const context = await browser.newContext({ colorScheme, reducedMotion, viewport: { width, height } });
    if (!tour) await context.addInitScript("localStorage.setItem('raft-lab.tour-seen', 'true')");
    const lab = new LabPage(await context.newPage());
    await lab.page.goto(url);
    return lab;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  byId(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** The id of the node that leads, as the stage shows it; waits for one among the running nodes other than `other`. */
  async leader(other?: number): Promise<number> {
    const not = other === undefined ? '' : `:not([data-node="${other}"])`;
    const node = this.page.locator(`[data-testid="stage"] [data-role="leader"][data-status="running"]${not}`);
    await node.first().waitFor({ state: 'attached', timeout: 20_000 });
    return Number(await node.first().getAttribute('data-node'));
  }

  /** Drags a node with the mouse to a place of the stage, in shares of its width and height. */
  async dragNode(node: number, across: number, down: number): Promise<void> {
    const disc = await this.byId(`node-${node}`).locator('.disc').boundingBox();
    const stage = await this.byId('flights').locator('xpath=ancestor::*[name()="svg"]').boundingBox();
    if (!disc || !stage) throw new Error('The stage is not to be seen.');
    const from = { x: disc.x + disc.width / 2, y: disc.y + disc.height / 2 };
    const to = { x: stage.x + stage.width * across, y: stage.y + stage.height * down };
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await this.page.mouse.move(to.x, to.y, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Appends the lines of `text` through `node` and gives the outcome: its kind and its words. */
  async append(node: number, text: string): Promise<{ outcome: string | null; words: string }> {
    await this.byId('tab-append').click();
    await this.byId('client-node').selectOption(`${node}`);
    await this.byId('append-text').fill(text);
    await this.#answered('append-button');
    const shown = this.byId('append-result').locator('[data-outcome]');
    return {
      outcome: await shown.getAttribute('data-outcome'),
      words: (await shown.innerText()).replaceAll(/\s+/g, ' '),
    };
  }

  /** Reads a range through `node` and gives each row's index, term, kind and payload. */
  async range(node: number, startIndex: number, endIndex: number): Promise<string[][]> {
    await this.byId('tab-range').click();
    await this.byId('client-node').selectOption(`${node}`);
    await this.byId('range-start').fill(`${startIndex}`);
    await this.byId('range-end').fill(`${endIndex}`);
    await this.#answered('range-button');
    const rows = await this.byId('range-row').all();
    return Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
  }

  /** Clicks the button and waits until the answer is shown: it is in the history, and the button may be clicked again. */
  async #answered(button: string): Promise<void> {
    const answered = this.page.locator('[data-testid="history-row"]:not([data-outcome="waiting"])');
    const before = await answered.count();
    await this.byId(button).click();
    await answered.nth(before).waitFor();
    await this.page.locator(`[data-testid="${button}"]:not([aria-busy])`).waitFor();
  }
}
