import { render, type ComponentChild } from 'preact';
import './pages.css';
import { say } from './words';

/** Shows one of the extension's own pages in the reader's language. */
export function openPage(title: string | null, page: ComponentChild): void {
  document.documentElement.lang = say('locale');
  document.title = title === null ? say('extensionName') : `${title} · ${say('extensionName')}`;
  render(page, document.getElementById('app') ?? document.body);
}
