import { render } from 'preact';
import '../pages.css';
import { say } from '../words';
import { AccountPage } from './AccountPage';

document.title = say('accountTitle');
document.documentElement.lang = say('locale');
render(<AccountPage />, document.getElementById('app') ?? document.body);
