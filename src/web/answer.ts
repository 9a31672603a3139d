import * as build from 'virtual:react-router/server-build';
import { createRequestHandler, RouterContextProvider } from 'react-router';
import { houseKey, type PageHouse } from './context.ts';

/**
 * The entry of the server bundle: a request in, a page out. The key, the provider and the pages come from this one bundle;
 * a second copy of any of them would not recognise the house.
 */
const handle = createRequestHandler(build, 'production');

/** Answers one request. What it throws is our mistake; refusals are pages. */
export async function answer(request: Request, house: PageHouse): Promise<Response> {
  const context = new RouterContextProvider();
  context.set(houseKey, house);
  return handle(request, context);
}
