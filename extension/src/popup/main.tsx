import { render } from 'preact';
import { browser } from 'wxt/browser';
import '../pages.css';
import { say } from '../words';
import { Popup } from './Popup';

document.documentElement.lang = say('locale');
// Firefox for Android opens a popup as a page, which is as wide as the screen and not as what is in it.
void browser.tabs.getCurrent().then((tab) => {
  document.body.classList.toggle('in-tab', tab !== undefined);
});
render(<Popup />, document.getElementById('app') ?? document.body);
