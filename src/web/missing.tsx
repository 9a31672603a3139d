import { load } from './context.ts';

/** Every address nobody else has taken. */
export const loader = load(async (house) => {
  throw house.missing();
});

export default function Missing() {
  return null;
}
