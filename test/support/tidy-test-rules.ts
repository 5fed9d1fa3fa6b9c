/** House rules about tests: every test runs, each time, and waits for what it expects instead of for the clock. */
import ts from 'typescript';
import { importsOf, lineOf, nodesOf, parse } from './tidy-source.ts';
import type { FileRule } from './tidy-rules.ts';

const testNames = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const silencing = new Set(['skip', 'only', 'todo', 'fails']);

/** `it.skip`, `describe.concurrent.only`, … */
function silencedTest(node: ts.Node): string | null {
  if (!ts.isPropertyAccessExpression(node) || !silencing.has(node.name.text)) return null;
  let head: ts.Expression = node.expression;
  while (ts.isPropertyAccessExpression(head)) head = head.expression;
  if (!ts.isIdentifier(head) || !testNames.has(head.text)) return null;
  return `.${node.name.text}: every test runs; mend it or remove it`;
}

function retriedTest(node: ts.Node): string | null {
  if (!ts.isPropertyAssignment(node) || !/^(retry|retries)$/.test(node.name.getText())) return null;
  if (!ts.isNumericLiteral(node.initializer) || node.initializer.text === '0') return null;
  return 'retries a test; find what it races with and wait for that';
}

/** `new Promise((resolve) => setTimeout(resolve, 500))` in any spelling. */
function fixedSleep(node: ts.Node): string | null {
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'Promise') return null;
  const [body] = node.arguments ?? [];
  if (body === undefined || !ts.isArrowFunction(body)) return null;
  const resolveName = body.parameters[0]?.name.getText();
  const sleeps = [...nodesOf(body.body)].some(
    (inner) =>
      ts.isCallExpression(inner) &&
      /(^|\.)setTimeout$/.test(inner.expression.getText()) &&
      inner.arguments[0]?.getText() === resolveName,
  );
  return sleeps ? 'sleeps; wait for the condition itself (expect.poll)' : null;
}

/** No skipped, focused or retried test, no fixed sleep. Helpers in test/support may sleep: they poll. */
export const honestTests: FileRule = (file) => {
  if (!/^test\/.*\.test\.ts$/.test(file.path)) return [];
  const tree = parse(file);
  const findings = [...nodesOf(tree)].flatMap((node) => {
    const message = silencedTest(node) ?? retriedTest(node) ?? fixedSleep(node);
    return message === null ? [] : [{ path: file.path, line: lineOf(tree, node), message }];
  });
  const timers = importsOf(file).filter(({ specifier }) => /^(node:)?timers\/promises$/.test(specifier));
  const message = 'imports timers/promises to sleep; wait for the condition itself (expect.poll)';
  return [...findings, ...timers.map(({ line }) => ({ path: file.path, line, message }))];
};
