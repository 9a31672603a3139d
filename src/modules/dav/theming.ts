import { readFileSync } from 'node:fs';
import { profile, type TenantProfile } from '#modules/tenants';
import type { FastifyReply, FastifyRequest, Routes } from '#platform/http';
import type { CapabilityProvider } from './ocs/capabilities.ts';
import { productName } from './status.ts';

/** Name, colour and pictures of the authority, so that its clients look like its own. */

/** The house's own colour, where an authority has chosen none; that of `mark.svg`. */
const ownColour = '#204aa8';
const mark = readFileSync(new URL('../../ui/mark.svg', import.meta.url));

const imagePath = '/index.php/apps/theming/image/';
const images = ['logo', 'logoheader', 'favicon'] as const;

/** What the capabilities say about the look. White can be read on every colour an authority can choose. */
export const theming: CapabilityProvider = ({ platform: { config } }, { branding }: TenantProfile) => {
  const colour = branding.colours?.light ?? ownColour;
  const pictures = Object.fromEntries(images.map((name) => [name, `${config.url}${branding.crest ?? imagePath + name}`]));
  return {
    theming: {
      name: branding.name,
      productName,
      url: config.url,
      slogan: '',
      color: colour,
      'color-text': '#ffffff',
      'color-element': colour,
      'color-element-bright': colour,
      'color-element-dark': branding.colours?.dark ?? colour,
      ...pictures,
      background: colour,
      'background-text': '#ffffff',
      'background-plain': true,
      'background-default': true,
    },
  };
};

/** The crest of whoever asks, or of the authority whose pages this host shows; the house's mark without one. */
async function sendImage({ ctx }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const tenant = await profile(ctx.platform, ctx.actor.tenant);
  reply.header('Cache-Control', 'private, max-age=3600');
  const crest = tenant?.branding.crest;
  return crest ? reply.redirect(crest, 302) : reply.type('image/svg+xml').send(mark);
}

export const themingRoutes: Routes = (app) => {
  for (const name of images) app.get(imagePath + name, { config: { credentials: 'maybeBasic' } }, sendImage);
};
