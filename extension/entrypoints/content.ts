import { defineContentScript } from 'wxt/utils/define-content-script';
import { startContent } from '../src/content';
import { sites } from '../src/sites';

export default defineContentScript({
  matches: sites.flatMap((site) => site.matches),
  main(context) {
    context.onInvalidated(startContent());
  },
});
