import { browser } from 'wxt/browser';
import { openPage } from '../openPage';
import { Popup } from './Popup';

// Firefox for Android opens a popup as a page, which is as wide as the screen and not as what is in it.
void browser.tabs.getCurrent().then((tab) => {
  document.body.classList.toggle('in-tab', tab !== undefined);
});
openPage(null, <Popup />);
