/** The practice payment service of the demonstration, for tests: a server of its own, with every way to fail. */
export { type Fault, openPracticeGateway, type PracticeGateway } from '../src/demo/gateway/server.ts';
