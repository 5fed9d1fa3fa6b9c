/**
 * `npm run bench:faults`: a line of JSON, what the fault layer costs each datagram that a node receives, in nanoseconds. Exit code 1
 * when an idle layer costs more than it may.
 */
import { measureFaultCost } from './fault-cost.ts';

const idleCostMaxNs = 100_000;
const [countWord = '200000'] = process.argv.slice(2);
const cost = measureFaultCost(Number(countWord));
process.stdout.write(`${JSON.stringify({ bench: 'faults', ...cost, idleCostMaxNs })}\n`);
process.exitCode = cost.idleCostNs < idleCostMaxNs ? 0 : 1;
